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
  void given_a_day_when_its_partitions_are_made_twice_then_its_rows_are_in_them() {
    LocalDate day = LocalDate.of(2031, 2, 27);
    partitions.makePartitions(day);
    partitions.makePartitions(day);
    Recorder recorder = new Recorder(camel);
    recorder.receive(
        Received.at(
            day.plusDays(2).atStartOfDay(ZoneOffset.UTC).toInstant(), "day", new byte[0], 1));
    recorder.awaitAll();

    assertThat(partitionsOf("day")).containsExactly("history_20310301");
  }

  @Test
  void given_a_day_without_a_partition_when_recorded_then_the_default_one_keeps_it_for_good() {
    LocalDate day = LocalDate.of(1999, 12, 31);
    Recorder recorder = new Recorder(camel);
    recorder.receive(
        Received.at(day.atStartOfDay(ZoneOffset.UTC).toInstant(), "past", new byte[0], 1));
    recorder.awaitAll();
    partitions.makePartitions(day);

    assertThat(partitionsOf("past")).containsExactly("history_other");
    assertThat(partitions()).contains("history_20000101").doesNotContain("history_19991231");
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
