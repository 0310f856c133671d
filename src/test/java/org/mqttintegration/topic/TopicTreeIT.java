package org.mqttintegration.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mqttintegration.problem.ProblemException;

/** The tree of topics as it is counted from the history, on a PostgreSQL of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopicTreeIT {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final RecordedHistory history = new RecordedHistory();
  private final Topics topics = new Topics(history.database());
  private final TopicFollower follower = new TopicFollower(history.database(), event -> {});
  private long broker = 100;

  @BeforeAll
  void partitions() {
    history.database().sql("select history_make_partitions('2026-11-20', 9)").query().listOfRows();
  }

  @BeforeEach
  void anotherBroker() {
    broker++;
  }

  @Test
  void
      given_messages_of_several_levels_when_counted_then_each_level_says_what_is_there_and_below() {
    history.received(broker, "plant/a", NOON, "1").received(broker, "plant/a/deep", NOON, "2");
    history.received(broker, "plant/b", NOON.plusSeconds(5), "{\"t\": 3}");
    history.store(broker, "plant/b", NOON.plusSeconds(4), new byte[] {0, 1}, "send");
    history.received(broker + 1000, "plant/a", NOON, "of another broker");
    follower.follow();

    Topic plant = only("");
    assertThat(plant.name()).isEqualTo("plant");
    assertThat(plant.messages()).isEqualTo(4);
    assertThat(plant.ownMessages()).isZero();
    assertThat(plant.topics()).isEqualTo(3);
    assertThat(plant.children()).isTrue();
    assertThat(plant.last()).isNull();
    assertThat(plant.lastAt()).isEqualTo(NOON.plusSeconds(5));
    List<Topic> below = list("plant/");
    assertThat(below).extracting(Topic::path).containsExactly("plant/a", "plant/b");
    assertThat(below).extracting(Topic::messages).containsExactly(2L, 2L);
    assertThat(below).extracting(Topic::ownMessages).containsExactly(1L, 2L);
    assertThat(below).extracting(Topic::topics).containsExactly(2L, 1L);
    assertThat(below).extracting(Topic::children).containsExactly(true, false);
    // the newest by its time, though another was stored after it
    assertThat(below.get(1).last())
        .extracting(LastMessage::payload, LastMessage::direction)
        .containsExactly("{\"t\": 3}", "receive");
    assertThat(only("plant/a/").path()).isEqualTo("plant/a/deep");
  }

  @Test
  void given_a_step_that_is_interrupted_when_it_is_taken_up_again_then_nothing_is_counted_twice()
      throws SQLException {
    history.many(broker, "plant/a", NOON, 5_000, "?");
    try (Connection connection = history.data().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      assertThat(counted(statement, "select topic_follow(2000)")).isEqualTo(2);
      // meanwhile another node finds it taken, and waits for nothing
      assertThat(follower.follow(2_000)).isZero();
      connection.rollback();
      assertThat(follower.follow(2_000)).isEqualTo(2);
    }
    assertThat(only("").messages()).isEqualTo(2_000);

    follower.follow();
    follower.follow();

    assertThat(only("plant/").messages()).isEqualTo(5_000);
    assertThat(only("plant/").last().payload()).isEqualTo("4999");
  }

  private static int counted(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    }
  }

  @Test
  void given_topics_with_odd_names_when_listed_then_each_is_at_its_place() {
    List<String> odd =
        List.of(
            "/lead",
            "a//b",
            "a/",
            "$x/y",
            "100%/_",
            "100%/\\",
            "100%/x",
            "ä/ß/\uD83D\uDE00",
            " /\t");
    odd.forEach(topic -> history.received(broker, topic, NOON, topic));
    follower.follow();

    assertThat(names("")).containsExactly("", " ", "$x", "100%", "a", "ä");
    assertThat(names("/")).containsExactly("lead");
    assertThat(only("a/").path()).isEqualTo("a/");
    assertThat(only("a/").ownMessages()).isEqualTo(1);
    assertThat(only("a/").topics()).isEqualTo(2);
    assertThat(names("a//")).containsExactly("b");
    assertThat(names("100%/")).containsExactly("\\", "_", "x");
    assertThat(names("ä/ß/")).containsExactly("\uD83D\uDE00");
    assertThat(search("%/_")).containsExactly("100%/_");
    assertThat(search("\\")).containsExactly("100%/\\");
    assertThat(search("Ä/SS")).isEmpty();
    assertThat(search("Ä")).containsExactly("ä/ß/\uD83D\uDE00");
  }

  @Test
  void given_topics_of_65535_bytes_when_counted_then_the_tree_has_32_levels_of_them() {
    String deep = "/".repeat(65_535);
    String wide = "w".repeat(65_535);
    history.received(broker, deep, NOON, "deep").received(broker, wide, NOON, "wide");
    history.received(broker, wide.substring(1) + "/", NOON, "wide and below");
    follower.follow();

    List<Topic> level = list("");
    assertThat(level).extracting(Topic::name).contains("", wide, wide.substring(1));
    String under = "";
    for (int depth = 1; depth < 32; depth++) {
      under += "/";
    }
    Topic last = only(under);
    assertThat(last.path()).isEqualTo(deep);
    assertThat(last.name()).isEqualTo("/".repeat(65_535 - 31));
    assertThat(last.children()).isFalse();
    assertThat(last.last().payload()).isEqualTo("deep");
  }

  @Test
  void given_more_topics_than_a_page_when_paged_then_all_come_in_order_and_until_ends_there() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      history.received(broker, "line/%03d".formatted(i), NOON, "" + i);
      expected.add("%03d".formatted(i));
    }
    follower.follow();

    TopicPage first = page("line/", 10, null, null, null);
    TopicPage second =
        page("line/", 10, TopicCursor.decode("cursor", first.nextCursor()), null, null);
    TopicPage third =
        page("line/", 10, TopicCursor.decode("cursor", second.nextCursor()), null, null);
    List<String> names = new ArrayList<>();
    List.of(first, second, third)
        .forEach(page -> page.items().forEach(topic -> names.add(topic.name())));
    assertThat(names).isEqualTo(expected);
    assertThat(third.nextCursor()).isNull();

    history.received(broker, "line/005", NOON, "again").received(broker, "line/0055", NOON, "new");
    history.received(broker, "line/020", NOON, "not on that page");
    follower.follow();
    TopicPage changes =
        page("line/", 10, null, TopicCursor.decode("until", first.nextCursor()), first.position());
    assertThat(changes.items()).extracting(Topic::name).containsExactly("005", "0055");
    assertThat(changes.position()).isGreaterThan(first.position());
    TopicCursor elsewhere = new TopicCursor(new byte[32]);
    assertThatThrownBy(() -> page("line/", 10, elsewhere, null, null))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void given_messages_that_retention_removed_when_listed_then_they_are_counted_and_have_no_value() {
    history.received(broker, "old", NOON, "1").received(broker, "old", NOON, "2");
    follower.follow();
    history.database().sql("delete from history where topic = 'old'").update();

    Topic old = only("");
    assertThat(old.ownMessages()).isEqualTo(2);
    assertThat(old.last()).isNull();
  }

  @Test
  void given_large_and_binary_payloads_when_listed_then_the_beginning_is_shown() {
    history.received(broker, "a", NOON, "é".repeat(1_000));
    history.store(broker, "b", NOON, new byte[] {(byte) 0x89, 'P', 'N', 'G'}, "receive");
    follower.follow();

    LastMessage text = list("").get(0).last();
    assertThat(text.payload()).isEqualTo("é".repeat(128));
    assertThat(text.payloadCut()).isTrue();
    assertThat(text.payloadSize()).isEqualTo(2_000);
    LastMessage binary = list("").get(1).last();
    assertThat(binary.payloadEncoding().name()).isEqualTo("BASE64");
    assertThat(binary.payloadCut()).isFalse();
  }

  private List<Topic> list(String under) {
    return page(under, 200, null, null, null).items();
  }

  private List<String> names(String under) {
    return list(under).stream().map(Topic::name).toList();
  }

  private Topic only(String under) {
    List<Topic> level = list(under);
    assertThat(level).hasSize(1);
    return level.get(0);
  }

  private List<String> search(String text) {
    return topics.list(new TopicQuery(broker, "", text, 200, null, null, null)).items().stream()
        .map(Topic::path)
        .toList();
  }

  private TopicPage page(
      String under, int limit, TopicCursor cursor, TopicCursor until, Long changedAfter) {
    return topics.list(new TopicQuery(broker, under, null, limit, cursor, until, changedAfter));
  }
}
