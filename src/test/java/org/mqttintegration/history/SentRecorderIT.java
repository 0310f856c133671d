package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jpa.JpaComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.resource.PayloadEncoding;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HistorySlice
class SentRecorderIT {

  @Autowired private SentRecorder recorder;
  @Autowired private CamelContext camel;
  @Autowired private EntityManagerFactory entities;
  @Autowired private HistoryQueries queries;

  private final JdbcClient database = JdbcClient.create(HistorySlice.Database.direct());
  private final AtomicReference<Long> id = new AtomicReference<>();

  @BeforeEach
  void empty() {
    database.sql("truncate history").update();
    database.sql("create table if not exists changed (history_id bigint)").update();
    database.sql("truncate changed").update();
  }

  @AfterEach
  void mend() {
    HistorySlice.Database.LINK.loseAnswersOfCommits(0);
    HistorySlice.Database.LINK.mend();
  }

  @Test
  void given_a_sent_message_when_recorded_then_it_and_the_change_are_there() {
    recorder.record(message(), this::change).join();

    assertThat(changed()).containsExactly(id.get());
    assertThat(queries.get(id.get()))
        .returns(id.get(), HistoryItem::id)
        .returns(7L, HistoryItem::brokerId)
        .returns(9L, HistoryItem::signalId)
        .returns(null, HistoryItem::subscriptionId)
        .returns(Direction.SEND, HistoryItem::direction)
        .returns("${body}", HistoryItem::topic)
        .returns("AA==", HistoryItem::payload)
        .returns(PayloadEncoding.BASE64, HistoryItem::payloadEncoding)
        .returns(Received.NOW, HistoryItem::timestamp)
        .returns(List.of(new UserProperty("a", "b")), HistoryItem::userProperties);
  }

  @Test
  void given_a_change_that_is_refused_when_recorded_then_neither_is_there_and_others_are() {
    CompletableFuture<Void> refused =
        recorder.record(
            message(),
            (jdbc, historyId) -> jdbc.sql("insert into changed values (1 / 0)").update());
    CompletableFuture<Void> other = recorder.record(message(), this::change);

    other.join();
    assertThat(refused).isCompletedExceptionally();
    assertThat(rows()).isEqualTo(1);
    assertThat(changed()).hasSize(1);
  }

  @Test
  void given_the_database_is_away_when_recorded_then_both_are_there_once_when_it_is_back() {
    HistorySlice.Database.LINK.loseAnswersOfCommits(1);
    recorder.record(message(), this::change).join();
    assertThat(changed()).as("tried twice, done once").hasSize(1);

    HistorySlice.Database.LINK.cut();
    CompletableFuture<Void> waiting = recorder.record(message(), this::change);
    await().during(Duration.ofMillis(300)).until(() -> !waiting.isDone());
    HistorySlice.Database.LINK.mend();
    await().atMost(Duration.ofSeconds(30)).until(waiting::isDone);

    assertThat(rows()).isEqualTo(2);
    assertThat(changed()).hasSize(2);
  }

  @Test
  void given_a_change_alone_when_recorded_then_there_is_no_message() {
    recorder
        .record(
            "7",
            (jdbc, historyId) -> {
              assertThat(historyId).isNull();
              jdbc.sql("insert into changed values (1)").update();
            })
        .join();

    assertThat(changed()).containsExactly(1L);
    assertThat(rows()).isZero();
  }

  @Test
  void given_camel_jpa_when_started_then_it_uses_the_applications_entity_manager_factory() {
    assertThat(camel.getComponent("jpa", JpaComponent.class).getEntityManagerFactory())
        .isSameAs(entities);
  }

  private void change(JdbcClient jdbc, Long historyId) {
    id.set(historyId);
    jdbc.sql("insert into changed values (?)").param(historyId).update();
  }

  private static SentMessage message() {
    return new SentMessage(
        7,
        9L,
        "${body}",
        new byte[1],
        1,
        false,
        Received.userProperties(new UserProperty("a", "b")),
        Received.NOW.plusNanos(999));
  }

  private int rows() {
    return database.sql("select count(*) from history").query(Integer.class).single();
  }

  private List<Long> changed() {
    return database.sql("select history_id from changed").query(Long.class).list();
  }
}
