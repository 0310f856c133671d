package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mqttintegration.history.HistorySlice.Database;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of received messages when the database goes away and comes back. */
@HistorySlice
@ExtendWith(OutputCaptureExtension.class)
class DatabaseOutageIT {

  @Autowired private CamelContext camel;
  @Autowired private RecordingMeters meters;
  @Autowired private RecordingHealth health;
  @Autowired private HistoryIds ids;

  private final JdbcClient database = JdbcClient.create(Database.direct());
  private Recorder recorder;

  @BeforeEach
  void emptyHistory() {
    database.sql("truncate history, gap").update();
    recorder = new Recorder(camel);
  }

  @AfterEach
  void mend() throws Exception {
    Database.LINK.loseAnswersOfCommits(0);
    Database.LINK.mend();
    camel.getRouteController().startRoute("recordReceived");
  }

  @Test
  void given_the_database_is_away_when_it_comes_back_then_every_message_is_stored_once(
      CapturedOutput log) {
    receive(0, 100);
    recorder.awaitAll();
    Database.LINK.cut();
    receive(100, 1_500);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> log.getOut().contains("history_write=waiting"));

    assertThat(recorder.completed()).hasSize(100);
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails()).containsEntry("waiting", 1_400).containsKey("since");
    assertThat(health.health().getDetails().get("reason").toString()).contains("SQL");

    Database.LINK.mend();
    recorder.awaitAll();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    assertEachIsStoredOnce(1_500);
    assertThat(log.getOut())
        .containsOnlyOnce("history_write=waiting")
        .containsOnlyOnce("history_write=recovered");
  }

  @Test
  void given_commits_whose_answer_is_lost_when_tried_again_then_no_message_is_stored_twice() {
    Database.LINK.loseAnswersOfCommits(3);
    receive(0, 2_500);
    recorder.awaitAll();

    assertThat(Database.LINK.commitsCut()).isEqualTo(3);
    assertEachIsStoredOnce(2_500);
  }

  @Test
  void given_a_full_disk_when_there_is_room_again_then_every_message_is_stored_once() {
    database
        .sql(
            """
            create or replace function full_disk() returns trigger language plpgsql as $$
            begin
              raise exception 'No space left on device' using errcode = '53100';
            end $$
            """)
        .update();
    database
        .sql(
            """
            create trigger full_disk before insert on history
            for each statement execute function full_disk()
            """)
        .update();
    try {
      receive(0, 100);
      await().until(() -> health.health().getStatus().equals(Status.DOWN));

      assertThat(health.health().getDetails().get("reason").toString()).contains("53100");
      assertThat(recorder.completed()).isEmpty();
    } finally {
      database.sql("drop trigger full_disk on history").update();
    }
    recorder.awaitAll();
    assertEachIsStoredOnce(100);
  }

  @Test
  void given_a_frozen_server_that_commits_late_when_tried_again_then_the_row_counts_as_stored()
      throws Exception {
    long id = ids.next() + 1;
    try (Connection late = Database.direct().getConnection()) {
      late.setAutoCommit(false);
      try (PreparedStatement insert =
          late.prepareStatement(
              """
              insert into history (id, "timestamp", direction, broker_id, topic, payload, qos, retain, duplicate)
              values (?, ?, 'receive', 7, 'plant/a', '0', 1, false, false)
              """)) {
        insert.setLong(1, id);
        insert.setTimestamp(2, Timestamp.from(Received.NOW));
        insert.executeUpdate();
      }
      receive(0, 1);
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          database
                              .sql("select count(*) from pg_locks where not granted")
                              .query(Integer.class)
                              .single())
                      .isPositive());
      late.commit();
    }
    recorder.awaitAll();

    assertEachIsStoredOnce(1);
  }

  @Test
  void given_sessions_that_the_server_ends_when_recording_then_every_message_is_stored_once() {
    for (int i = 0; i < 10; i++) {
      receive(i * 500, (i + 1) * 500);
      database
          .sql(
              """
              select pg_terminate_backend(pid) from pg_stat_activity
              where pid <> pg_backend_pid() and backend_type = 'client backend'
              """)
          .query(Boolean.class)
          .list();
    }
    recorder.awaitAll();

    assertEachIsStoredOnce(5_000);
  }

  @Test
  void given_too_many_waiting_when_qos_0_arrives_then_it_is_dropped_and_qos_1_is_kept() {
    Database.LINK.cut();
    long before = meters.droppedSoFar();
    for (int i = 0; i < 800; i++) {
      recorder.receive(Received.message("qos0", new byte[0], 0));
    }
    receive(0, 50);

    assertThat(recorder.completed()).hasSize(300).noneMatch(Exchange::isFailed);
    assertThat(meters.droppedSoFar() - before).isEqualTo(300);

    Database.LINK.mend();
    recorder.awaitAll();
    assertEachIsStoredOnce(50);
    assertThat(rows("qos0")).isEqualTo(500);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        database
                            .sql(
                                """
                                select messages from gap
                                where subscription_id = 70 and cause = 'qos0Dropped'
                                  and affects = 'qos0' and ends >= starts
                                """)
                            .query(Long.class)
                            .list())
                    .containsExactly(300L));
  }

  @Test
  void given_the_database_is_away_when_stopped_then_what_waits_fails_after_the_time_limit()
      throws Exception {
    Database.LINK.cut();
    receive(0, 1_200);
    camel.getRouteController().stopRoute("recordReceived");
    await().atMost(Duration.ofSeconds(60)).until(() -> recorder.completed().size() == 1_200);

    assertThat(recorder.completed()).isEqualTo(recorder.sent()).allMatch(Exchange::isFailed);

    Database.LINK.mend();
    camel.getRouteController().startRoute("recordReceived");
    Exchange next = recorder.receive(Received.message("after", 1));
    recorder.awaitAll();
    assertThat(next.isFailed()).isFalse();
    assertThat(rows("after")).isEqualTo(1);
  }

  @Test
  void given_messages_wait_when_stopped_then_they_are_stored_first() throws Exception {
    receive(0, 5_000);
    camel.getRouteController().stopRoute("recordReceived");

    assertThat(recorder.completed()).hasSize(5_000).noneMatch(Exchange::isFailed);
    assertEachIsStoredOnce(5_000);
  }

  private void receive(int from, int to) {
    for (int i = from; i < to; i++) {
      recorder.receive(Received.message("plant/a", i));
    }
  }

  private void assertEachIsStoredOnce(int messages) {
    assertThat(recorder.completed()).noneMatch(Exchange::isFailed);
    assertThat(
            database
                .sql(
                    "select convert_from(payload, 'UTF8')::int from history where topic = 'plant/a' order by id")
                .query(Integer.class)
                .list())
        .hasSize(messages)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private int rows(String topic) {
    return database
        .sql("select count(*) from history where topic = :topic")
        .param("topic", topic)
        .query(Integer.class)
        .single();
  }
}
