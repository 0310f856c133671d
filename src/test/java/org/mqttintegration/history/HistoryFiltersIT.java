package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.mqtt.TopicFilter;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;

/** What the filters of the history let through, and what they refuse. */
@HistorySlice
class HistoryFiltersIT extends HistoryRequests {

  @ParameterizedTest
  @CsvSource({
    "brokerId,7,abc",
    "brokerId,8,d",
    "brokerId,9,''",
    "subscriptionId,70,abc",
    "signalId,9,d",
    "direction,send,d",
    "direction,receive,abc",
    "topic,plant/a,a",
    "topic,plant/#,abc",
    "topic,plant,''",
    "topic,+/+,abcd",
    "topic,#,abcd",
    "topic,$share/g/plant/b,b",
    "from,2026-11-22T12:00:01Z,bcd",
    "from,2026-11-22T13:00:02+01:00,cd",
    "to,2026-11-22T12:00:01Z,a",
    "contains,ü,b",
    "contains,%,c",
    "contains,nowhere,''"
  })
  void given_messages_when_filtered_then_only_matching_ones_come(
      String parameter, String value, String expected) throws Exception {
    received("plant/a", NOON, "x");
    received("plant/b", NOON.plusSeconds(1), "für");
    received("plant/c", NOON.plusSeconds(2), "100 %");
    sent("other/d", NOON.plusSeconds(3), new byte[] {0, 1}, 9);

    StringBuilder last = new StringBuilder();
    list(Map.of(parameter, value))
        .get("items")
        .forEach(item -> last.insert(0, item.get("topic").asText().split("/")[1]));
    assertThat(last.toString()).isEqualTo(expected);
    JsonNode count = answer("direct:countHistory", Map.of(parameter, value));
    assertThat(count.get("messages").asInt()).isEqualTo(expected.length());
    assertThat(count.get("more").asBoolean()).isFalse();
  }

  @Test
  void given_more_messages_than_are_counted_when_counted_then_it_says_so() throws Exception {
    received("plant/a", NOON, "x");
    int most = HistoryCount.MOST;
    String copies =
        """
        insert into history (id, "timestamp", direction, broker_id, topic, payload, qos, retain, duplicate)
        select id + n, "timestamp", direction, broker_id, 'plant/many', payload, qos, retain, duplicate
        from history, generate_series(1, :copies) n where topic = 'plant/a'
        """;
    Map<String, Object> filter = Map.of("topic", "plant/many");

    database.sql(copies).param("copies", most).update();
    JsonNode all = answer("direct:countHistory", filter);
    database.sql(copies.replace("id + n", "id - n")).param("copies", 1).update();
    JsonNode part = answer("direct:countHistory", filter);

    assertThat(all.toString()).isEqualTo("{\"messages\":%d,\"more\":false}".formatted(most));
    assertThat(part.toString()).isEqualTo("{\"messages\":%d,\"more\":true}".formatted(most));
  }

  @Test
  void given_all_filters_when_listed_then_they_hold_together() throws Exception {
    received("plant/a", NOON, "x");
    received("plant/b", NOON, "x");

    JsonNode page =
        list(
            Map.of(
                "brokerId", "7",
                "subscriptionId", "70",
                "direction", "receive",
                "topic", "+/b",
                "from", "2026-11-22T12:00:00Z",
                "to", "2026-11-22T12:00:01Z",
                "contains", "x"));
    assertThat(page.get("items")).hasSize(1);
  }

  @Test
  void given_a_payload_with_nul_when_looked_for_then_bytes_around_it_are_found() throws Exception {
    recorder.receive(Received.at(NOON, "plant/a", new byte[] {(byte) 0xff, 0, 'k', 'e', 'y'}, 1));
    recorder.awaitAll();

    assertThat(list(Map.of("contains", "key")).get("items")).hasSize(1);
    assertThat(list(Map.of("contains", "\0k")).get("items")).hasSize(1);
  }

  @Test
  void given_any_filter_when_postgresql_matches_then_it_agrees_with_mqtt() {
    RandomTopics random = new RandomTopics(42);
    Set<String> topics = new LinkedHashSet<>();
    IntStream.range(0, 800).forEach(i -> topics.add(random.topic()));
    String[] all = topics.toArray(String[]::new);
    for (int i = 0; i < 400; i++) {
      String filter = random.filter();
      TopicCondition condition = TopicCondition.of(filter);
      List<String> found =
          database
              .sql(
                  "select topic from unnest(:all) with ordinality t(topic, n) where "
                      + condition.sql()
                      + " order by n")
              .param("all", all)
              .params(condition.parameters())
              .query(String.class)
              .list();
      assertThat(found)
          .as("filter <%s>", filter)
          .isEqualTo(topics.stream().filter(topic -> TopicFilter.matches(filter, topic)).toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cursor,garbage",
    "cursor,!!",
    "cursor,AQAAAAAAAAAAAAAAAAAAAAAA",
    "cursor,AX__________AAAAAAAAAAA",
    "topic,a/#/b",
    "topic,a+",
    "limit,0",
    "limit,501",
    "limit,x",
    "brokerId,1.5",
    "signalId,99999999999999999999",
    "direction,SEND",
    "from,yesterday",
    "from,2026-11-22",
    "to,+999999999-12-31T23:59:59Z"
  })
  void given_a_bad_parameter_when_listed_then_the_problem_names_it(String parameter, String value) {
    ProblemException problem = problem("direct:listHistory", Map.of(parameter, value));

    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
    assertThat(problem.errors()).extracting(FieldError::field).containsExactly(parameter);
  }

  @Test
  void given_a_parameter_twice_when_listed_then_the_problem_names_it() {
    ProblemException problem = problem("direct:listHistory", Map.of("topic", List.of("a", "b")));

    assertThat(problem.errors()).extracting(FieldError::field).containsExactly("topic");
  }

  @Test
  void given_a_filter_of_many_levels_when_listed_then_it_works_up_to_the_limit() throws Exception {
    received("(/".repeat(499) + "a", NOON, "x");
    received("(/".repeat(30_000) + "a", NOON, "x");

    assertThat(list(Map.of("topic", "+/".repeat(499) + "a")).get("items")).hasSize(1);
    assertThat(list(Map.of("topic", "(/".repeat(498) + "+/a")).get("items")).hasSize(1);
    assertThat(list(Map.of("topic", "(/".repeat(30_000) + "a")).get("items")).hasSize(1);
    assertThat(problem("direct:listHistory", Map.of("topic", "+/".repeat(500) + "a")).errors())
        .extracting(FieldError::field)
        .containsExactly("topic");
  }
}
