package org.mqttintegration.routefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.routefile.check.FilesOfTests;

class ValidateCommandTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void given_files_that_are_right_when_validated_then_nothing_is_printed() throws IOException {
    write("a.camel.yaml", FilesOfTests.step("to: direct:b"));
    write("b.camel.yaml", FilesOfTests.step("log: x").replace(" a", " b").replace(":a", ":b"));

    assertThat(validate(directory)).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void given_files_that_are_wrong_when_validated_then_each_line_names_file_line_and_column()
      throws IOException {
    Path wrong = write("a.camel.yaml", FilesOfTests.step("setBdy: {}"));
    Path simple = write("b.camel.yaml", FilesOfTests.step("setBody: {simple: '${body'}"));
    Path taken = write("c.camel.yaml", FilesOfTests.step("log: x").replace(" a", " getBroker"));

    assertThat(validate(wrong, simple, taken)).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(wrong + ":2:9: The route id a"),
            line ->
                assertThat(line)
                    .isEqualTo(wrong + ":6:11: There is no step setBdy; did you mean setBody?"),
            line -> assertThat(line).startsWith(simple + ":2:9: The route id a"),
            line -> assertThat(line).startsWith(taken + ":2:9: The route id getBroker is taken"));
  }

  @Test
  void given_the_files_that_come_with_the_application_when_validated_then_nothing_is_printed() {
    String url = "mqtt-integration.route-files.data-sources.plant.url";
    System.setProperty(url, "jdbc:postgresql:plant");
    try {
      int status = validate(Path.of("routes"), Path.of("routes/examples"));

      assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
      assertThat(status).isZero();
    } finally {
      System.clearProperty(url);
    }
  }

  @Test
  void given_no_file_or_one_that_is_not_there_when_validated_then_the_status_is_2() {
    assertThat(ValidateCommand.run(List.of(), new PrintStream(printed))).isEqualTo(2);
    assertThat(ValidateCommand.run(List.of("--help"), new PrintStream(printed))).isEqualTo(2);
    assertThat(validate(directory.resolve("none.camel.yaml"))).isEqualTo(2);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Usage: ", "none.camel.yaml");
  }

  private int validate(Path... paths) {
    return ValidateCommand.run(
        List.of(paths).stream().map(Path::toString).toList(),
        new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
