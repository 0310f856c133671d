package org.mqttintegration.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.topic.Series.Column;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A field over time, on a PostgreSQL of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeriesIT {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final long BROKER = 7;

  private final RecordedHistory history = new RecordedHistory();
  private final SeriesQueries queries =
      new SeriesQueries(history.database(), new DataSourceTransactionManager(history.data()));

  @BeforeAll
  void partitions() {
    history.database().sql("select history_make_partitions('2026-11-20', 9)").query().listOfRows();
  }

  @Test
  void given_numbers_when_aggregated_then_each_column_has_what_the_numbers_say() {
    double[] numbers = IntStream.range(0, 100).mapToDouble(i -> Math.sin(i) * 40 + i).toArray();
    for (int i = 0; i < numbers.length; i++) {
      history.received(
          BROKER,
          "plant/numbers",
          NOON.plusSeconds(i),
          "{\"state\": {\"load\": [%s, true]}}".formatted(numbers[i]));
    }
    history.received(BROKER, "plant/other", NOON, "{\"state\": {\"load\": [1000]}}");
    history.received(BROKER + 1, "plant/numbers", NOON, "{\"state\": {\"load\": [1000]}}");

    Series series = read("plant/numbers", "/state/load/0", 100, 7);

    assertThat(series.sampled()).isFalse();
    assertThat(series.messages()).isEqualTo(100);
    assertThat(series.skipped()).isZero();
    double seconds = series.columnSeconds();
    assertThat(series.columns()).hasSize(7);
    for (Column column : series.columns()) {
      double begin = (column.at().toEpochMilli() - NOON.toEpochMilli()) / 1e3;
      DoubleSummaryStatistics expected =
          IntStream.range(0, 100)
              .filter(i -> i >= begin && i < begin + seconds)
              .mapToDouble(i -> numbers[i])
              .summaryStatistics();
      assertThat(column.count()).isEqualTo(expected.getCount());
      assertThat(column.min()).isEqualTo(expected.getMin());
      assertThat(column.max()).isEqualTo(expected.getMax());
      assertThat(column.avg()).isCloseTo(expected.getAverage(), within(1e-9));
    }
    assertThat(read("plant/numbers", "/state/load/1", 100, 1).columns())
        .extracting(Column::avg)
        .containsExactly(1.0);
  }

  @Test
  void given_payloads_that_are_no_json_when_aggregated_then_they_are_skipped_and_counted() {
    List<byte[]> bad =
        List.of(
            new byte[0],
            new byte[] {'{', (byte) 0xff, '}'},
            new byte[] {0},
            bytes("{\"a\": \0}"),
            bytes("{\"a\": \"\\u0000\", \"b\": 1}"),
            bytes("{\"a\": 1"),
            bytes("{\"a\": 1e400}"),
            bytes("{\"a\": 1e99999999}"),
            bytes("{\"a\": \"NaN\"}"),
            bytes("{\"a\": null, \"b\": 3}"),
            bytes("{\"a\": {}}"),
            bytes("[1]"),
            bytes("off"),
            bytes("[".repeat(200_000)),
            bytes("{\"a\": 1, \"b\": \"" + "x".repeat(1024 * 1024) + "\"}"));
    for (byte[] payload : bad) {
      history.store(BROKER, "plant/bad", NOON, payload, "receive");
    }
    history.received(BROKER, "plant/bad", NOON, "{\"a\": 2}");
    history.received(BROKER, "plant/bad", NOON, "{\"a\": \"4.5\"}");

    Series series = read("plant/bad", "/a", 10, 1);

    assertThat(series.messages()).isEqualTo(bad.size() + 2);
    assertThat(series.skipped()).isEqualTo(bad.size());
    assertThat(series.columns()).hasSize(1);
    assertThat(series.columns().get(0).min()).isEqualTo(2);
    assertThat(series.columns().get(0).max()).isEqualTo(4.5);
  }

  @Test
  void given_payloads_that_are_numbers_when_aggregated_then_no_field_is_needed() {
    history.received(BROKER, "plant/plain", NOON, "21.5");
    history.received(BROKER, "plant/plain", NOON.plusSeconds(1), " -3 ");
    history.received(BROKER, "plant/plain", NOON.plusSeconds(2), "12:30");
    history.store(BROKER, "plant/plain", NOON.plusSeconds(3), bytes("50"), "send");

    Series all = read("plant/plain", "", 10, 1);
    assertThat(all.columns().get(0).count()).isEqualTo(3);
    assertThat(all.columns().get(0).min()).isEqualTo(-3);
    Series sent =
        queries.read(
            new SeriesQuery(
                BROKER, "plant/plain", "", List.of(), "send", NOON, NOON.plusSeconds(10), 1));
    assertThat(sent.columns()).extracting(Column::avg).containsExactly(50.0);
  }

  @Test
  void given_more_messages_than_are_read_when_aggregated_then_every_column_has_a_sample() {
    history.many(BROKER, "plant/many", NOON, 120_000, "{\"n\": ?, \"~/ä\": 1}");

    Series series = read("plant/many", "/n", 120_000, 50);

    assertThat(series.sampled()).isTrue();
    assertThat(series.messages()).isBetween(10_000L, 50_000L);
    assertThat(series.columns()).hasSize(50);
    for (int i = 0; i < 50; i++) {
      Column column = series.columns().get(i);
      assertThat(column.min()).isBetween(i * 2_400.0, i * 2_400.0 + 200);
      assertThat(column.max()).isBetween(i * 2_400.0 + 2_200, (i + 1) * 2_400.0);
      assertThat(column.avg()).isBetween(i * 2_400.0 + 1_100, i * 2_400.0 + 1_300);
    }
    assertThat(read("plant/many", "/~0~1ä", 1_000, 1).columns())
        .extracting(Column::count)
        .containsExactly(1_000L);
  }

  @ParameterizedTest
  @CsvSource({"a", "/a~2", "/~"})
  void given_what_is_no_pointer_when_it_is_read_then_the_field_is_named(String field) {
    assertThatThrownBy(() -> JsonPointer.tokens(field))
        .isInstanceOf(ProblemException.class)
        .extracting(e -> ((ProblemException) e).errors().get(0).field())
        .isEqualTo("field");
  }

  private Series read(String topic, String field, int seconds, int columns) {
    return queries.read(
        new SeriesQuery(
            BROKER,
            topic,
            field,
            Arrays.asList(JsonPointer.tokens(field)),
            null,
            NOON,
            NOON.plusSeconds(seconds),
            columns));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
