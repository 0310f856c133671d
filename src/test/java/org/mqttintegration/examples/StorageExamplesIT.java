package org.mqttintegration.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mqttintegration.testing.MqttTestClient;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The examples csv-file and sql-table. */
@ExtendWith(Examples.class)
class StorageExamplesIT {

  private final ExampleApplication application;
  private final JdbcClient database;

  StorageExamplesIT(ExampleApplication application) {
    this.application = application;
    this.database =
        JdbcClient.create(new DriverManagerDataSource(application.plant.url(), "postgres", ""));
  }

  @Test
  void given_csv_file_when_messages_come_then_they_are_in_the_file_of_the_day() throws Exception {
    try (MqttTestClient mqtt = application.mqtt()) {
      mqtt.publish("plant/csv", "21.5", 1);
      mqtt.publish("plant/csv", "a;\"b\"\nc", 1);
    }

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(lines())
                    .anyMatch(line -> line.matches("(\\S+)T\\S+Z;plant/csv;\\d+;21.5"))
                    .anyMatch(line -> line.matches("\\S+;plant/csv;\\d+;\"a;\"\"b\"\""))
                    .contains("c\""));
    assertThat(files())
        .allMatch(
            file -> file.getFileName().toString().matches("messages-\\d{4}-\\d\\d-\\d\\d.csv"));
    for (Path file : files()) {
      String day = file.getFileName().toString().substring(9, 19);
      assertThat(Files.readAllLines(file)).first().asString().startsWith(day);
    }
  }

  @Test
  void given_sql_table_when_its_database_is_away_for_a_while_then_each_message_has_one_row()
      throws Exception {
    List<String> numbers = IntStream.range(0, 20).mapToObj(Integer::toString).toList();
    try (MqttTestClient mqtt = application.mqtt()) {
      for (String number : numbers) {
        if (number.equals("5")) {
          application.plant.stop();
        }
        mqtt.publish("plant/sql", "{\"n\": " + number + ", \"text\": \"${body}\"}", 1);
      }
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> application.isTargetAway("sql-table"));
    application.plant.start();

    List<Map<String, Object>> rows =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(this::rows, found -> found.size() >= numbers.size());
    assertThat(rows).extracting(row -> row.get("n")).isEqualTo(numbers);
    assertThat(rows).extracting(row -> row.get("text")).containsOnly("${body}");
  }

  private List<Map<String, Object>> rows() {
    return database
        .sql(
            """
            select payload ->> 'n' as n, payload ->> 'text' as text from reading
            where topic = 'plant/sql' and received_at > now() - interval '1 hour' order by history_id
            """)
        .query()
        .listOfRows();
  }

  private List<String> lines() throws IOException {
    List<String> lines = new java.util.ArrayList<>();
    for (Path file : files()) {
      lines.addAll(Files.readAllLines(file));
    }
    return lines;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(application.export())) {
      return files.sorted().toList();
    }
  }
}
