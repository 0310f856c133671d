package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@HistorySlice
@ExtendWith(OutputCaptureExtension.class)
class HistoryPartitionsIT {

  @Autowired private CamelContext camel;
  @Autowired private HistoryPartitions partitions;

  private final JdbcClient database = JdbcClient.create(HistorySlice.Database.direct());

  @Test
  void given_a_start_when_looked_at_then_today_and_the_week_ahead_have_partitions() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);

    assertThat(partitions()).contains(name(today), name(today.plusDays(6)));
  }

  @Test
  void given_days_when_partitions_are_made_twice_then_there_is_no_hole() {
    LocalDate day = end().plusDays(3);
    partitions.makePartitions(day);
    partitions.makePartitions(day);
    receive("hole", day.minusDays(1));
    receive("day", day.plusDays(2));

    assertThat(partitionsOf("hole")).containsExactly(name(day.minusDays(3)));
    assertThat(partitionsOf("day")).containsExactly(name(day.plusDays(2)));
    assertThat(end()).isEqualTo(day.plusDays(8));
  }

  @Test
  void given_a_clock_that_is_early_or_late_when_recorded_then_the_rows_are_kept() {
    LocalDate day = end().plusDays(2);
    receive("past", LocalDate.of(1970, 1, 1));
    receive("ahead", day);
    receive("future", LocalDate.of(2199, 1, 1));

    assertThat(partitionsOf("past")).containsExactly("history_early");
    assertThat(partitionsOf("ahead")).containsExactly("history_late");

    partitions.makePartitions(LocalDate.of(2199, 1, 1)); // not believed
    partitions.makePartitions(day);

    assertThat(partitionsOf("ahead")).containsExactly(name(day));
    assertThat(partitionsOf("future")).containsExactly("history_late");
    assertThat(end()).isEqualTo(day.plusDays(8));
  }

  @Test
  void given_a_page_when_planned_then_the_partitions_are_read_in_order_and_not_merged() {
    List<String> plan =
        database
            .sql("explain select * from history order by \"timestamp\" desc, id desc limit 50")
            .query(String.class)
            .list();

    assertThat(plan).anyMatch(line -> line.contains("Append")).noneMatch(l -> l.contains("Merge"));
  }

  @Test
  void given_one_topic_when_planned_then_its_index_is_read() {
    TopicCondition topic = TopicCondition.of("plant/line7/temp");
    List<String> plan =
        database
            .sql("explain select * from history where " + topic.sql())
            .params(topic.parameters())
            .query(String.class)
            .list();

    assertThat(plan).anyMatch(line -> line.contains("hashtextextended"));
  }

  @Test
  void given_the_database_is_away_when_partitions_are_made_then_it_is_only_logged(
      CapturedOutput log) {
    HistorySlice.Database.LINK.cut();
    try {
      assertThatCode(partitions::makePartitions).doesNotThrowAnyException();
    } finally {
      HistorySlice.Database.LINK.mend();
    }

    assertThat(log.getOut()).contains("history_partitions=failed");
  }

  private void receive(String topic, LocalDate day) {
    Recorder recorder = new Recorder(camel);
    recorder.receive(
        Received.at(day.atStartOfDay(ZoneOffset.UTC).toInstant(), topic, new byte[0], 1));
    recorder.awaitAll();
  }

  private LocalDate end() {
    return database
        .sql("select (ends at time zone 'UTC')::date from history_extent")
        .query(LocalDate.class)
        .single();
  }

  private List<String> partitions() {
    return database
        .sql("select relid::text from pg_partition_tree('history') where isleaf")
        .query(String.class)
        .list();
  }

  private List<String> partitionsOf(String topic) {
    return database
        .sql("select tableoid::regclass::text from history where topic = :topic")
        .param("topic", topic)
        .query(String.class)
        .list();
  }

  private static String name(LocalDate day) {
    return "history_" + day.toString().replace("-", "");
  }
}
