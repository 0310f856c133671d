package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.unit.DataSize;

/** What is removed when it is old, and what is not. */
@HistorySlice
class RetentionIT extends HistoryRequests {

  private static final Instant NOW = Instant.now();
  private static final Duration DAY = Duration.ofDays(1);

  @Autowired private HistoryPartitions partitions;

  @BeforeEach
  void forgetWhatWasRemoved() {
    database.sql("truncate history_removed, gap").update();
  }

  @Test
  void given_an_overall_retention_when_run_then_older_messages_and_gaps_are_gone() {
    stored("old", 70, NOW.minus(Duration.ofDays(31)));
    stored("sent", null, NOW.minus(Duration.ofDays(31)));
    stored("young", 70, NOW.minus(Duration.ofDays(29)));
    gap(70, NOW.minus(Duration.ofDays(40)), NOW.minus(Duration.ofDays(31)));
    gap(70, NOW.minus(Duration.ofDays(40)), NOW.minus(Duration.ofDays(29)));
    gap(70, NOW.minus(Duration.ofDays(40)), null);

    retention(Duration.ofDays(30), Map.of()).removeOld(NOW);

    assertThat(topics()).containsExactly("young");
    assertThat(database.sql("select count(*) from gap").query(Integer.class).single()).isEqualTo(2);
  }

  @Test
  void given_retentions_of_their_own_when_run_then_each_subscription_keeps_as_long_as_it_says() {
    for (long subscription : List.of(70L, 71L, 72L)) {
      for (int days : List.of(2, 20, 200)) {
        stored(subscription + "/" + days, subscription, NOW.minus(Duration.ofDays(days)));
      }
    }

    retention(Duration.ofDays(30), Map.of(71L, DAY, 72L, Duration.ofDays(365))).removeOld(NOW);

    assertThat(topics()).containsExactly("70/2", "70/20", "72/2", "72/20", "72/200");
  }

  @Test
  void given_no_retention_at_all_when_run_then_nothing_is_removed() {
    stored("old", 70, Instant.EPOCH);

    retention(null, Map.of()).removeOld(NOW);

    assertThat(topics()).containsExactly("old");
  }

  @Test
  void given_many_old_rows_when_run_then_all_go() {
    database
        .sql(
            """
            insert into history (id, "timestamp", direction, broker_id, topic, payload, qos, retain, duplicate)
            select n, '2001-01-01', 'send', 8, 'many', '', 0, false, false from generate_series(1, 12000) n
            """)
        .update();

    retention(DAY, Map.of()).removeOld(NOW);

    assertThat(topics()).isEmpty();
  }

  @Test
  void given_days_that_are_old_as_a_whole_when_run_then_their_partitions_are_dropped() {
    LocalDate end = end("ends");
    partitions.makePartitions(end.plusDays(1));
    Instant later = end.plusDays(4).atStartOfDay(ZoneOffset.UTC).plusHours(1).toInstant();
    stored("whole", 70, later.minus(3, ChronoUnit.DAYS));
    stored("partly", 70, later.minus(DAY).minus(2, ChronoUnit.MINUTES));
    stored("kept", 70, later.minus(DAY).plus(2, ChronoUnit.MINUTES));

    retention(DAY, Map.of()).removeOld(later);

    assertThat(topics()).containsExactly("kept");
    assertThat(end("starts")).isEqualTo(end.plusDays(3));
    stored("early", 70, later.minus(3, ChronoUnit.DAYS));
    assertThat(topics()).containsExactly("early", "kept");
  }

  @Test
  void given_removed_messages_when_asked_for_further_back_then_the_history_is_not_complete()
      throws Exception {
    retention(Duration.ofDays(30), Map.of(71L, DAY, 72L, Duration.ofDays(365))).removeOld(NOW);

    assertThat(isComplete(Map.of("subscriptionId", "70"), 29)).isTrue();
    assertThat(isComplete(Map.of("subscriptionId", "70"), 31)).isFalse();
    assertThat(isComplete(Map.of("subscriptionId", "71"), 2)).isFalse();
    assertThat(isComplete(Map.of("subscriptionId", "72"), 364)).isTrue();
    assertThat(isComplete(Map.of(), 2)).isFalse();
    assertThat(list(Map.of("subscriptionId", "70")).get("complete").asBoolean()).isTrue();

    // it keeps longer from now on, which brings nothing back
    retention(Duration.ofDays(60), Map.of()).removeOld(NOW);

    assertThat(isComplete(Map.of("subscriptionId", "70"), 31)).isFalse();
    assertThat(isComplete(Map.of("subscriptionId", "71"), 2)).isFalse();
  }

  private Retention retention(Duration overall, Map<Long, Duration> own) {
    DataSize size = DataSize.ofMegabytes(1);
    HistorySettings settings =
        new HistorySettings(1, size, 1, size, size, overall, Duration.ofSeconds(1));
    return new Retention(database, settings, () -> own);
  }

  private boolean isComplete(Map<String, String> filter, int days) throws Exception {
    Map<String, Object> parameters = new java.util.HashMap<>(filter);
    parameters.put("from", NOW.minus(Duration.ofDays(days)).toString());
    return list(parameters).get("complete").asBoolean();
  }

  private void stored(String topic, Number subscription, Instant time) {
    database
        .sql(
            """
            insert into history (id, "timestamp", direction, broker_id, subscription_id, topic, payload, qos,
                                 retain, duplicate)
            values (nextval('history_id_seq'), :time, 'receive', 7, :subscription, :topic, '', 0, false, false)
            """)
        .param("time", Timestamp.from(time))
        .param("subscription", subscription)
        .param("topic", topic)
        .update();
  }

  private void gap(long subscription, Instant from, Instant to) {
    database
        .sql(
            """
            insert into gap (subscription_id, broker_id, cause, affects, starts, ends)
            values (:subscription, 7, 'disconnected', 'all', :from, :to)
            """)
        .param("subscription", subscription)
        .param("from", Timestamp.from(from))
        .param("to", to == null ? null : Timestamp.from(to))
        .update();
  }

  private List<String> topics() {
    return database.sql("select topic from history order by topic").query(String.class).list();
  }

  private LocalDate end(String column) {
    return database
        .sql("select (%s at time zone 'UTC')::date from history_extent".formatted(column))
        .query(LocalDate.class)
        .single();
  }
}
