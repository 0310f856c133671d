package org.mqttintegration.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the delivered route files good, and the check itself sharp. */
class RouteFileStyleTest {

  private static final Path EXAMPLE = Path.of("routes/examples/mail-alert.camel.yaml");

  private static RouteFileStyle style;

  @BeforeAll
  static void readTheSchema() throws IOException {
    style = new RouteFileStyle();
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void given_a_delivered_file_when_checked_then_there_is_no_finding(Path file) throws IOException {
    assertThat(style.findings(Files.readString(file))).isEmpty();
  }

  @Test
  void given_the_delivered_files_when_listed_then_the_examples_are_among_them() throws IOException {
    assertThat(files()).contains(EXAMPLE).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @CsvSource({
    "- setBody:, - setBdy:",
    "throttle:, throtle:",
    "doCatch:, doCtch:",
    "timePeriodMillis:, timePeriod:",
    "connectionTimeout: 10000, conectionTimeout: 10000",
    "connectionTimeout: 10000, connectionTimeout: soon",
    "uri: smtp, uri: smpt",
    "uri: smtp, uri: smtp?to=x",
    "id: mail-alert, note: mail-alert",
    "description: Sends, note: Sends",
  })
  void given_a_broken_file_when_checked_then_it_is_found(String good, String broken)
      throws IOException {
    String file = Files.readString(EXAMPLE);
    assertThat(file).contains(good);

    assertThat(style.findings(file.replace(good, broken))).isNotEmpty();
  }
}
