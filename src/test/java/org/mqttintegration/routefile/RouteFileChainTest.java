package org.mqttintegration.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mqttintegration.routefile.check.FilesOfTests.link;
import static org.mqttintegration.routefile.check.FilesOfTests.template;
import static org.mqttintegration.routefile.check.FilesOfTests.use;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.routefile.check.RouteText;
import org.mqttintegration.routefile.check.SettingsOfTests;

/** Files of which each is made of the next one. */
class RouteFileChainTest {

  private static final RouteText A = file("a", use("a", "b"));
  private static final RouteText B = file("b", link("b", "c"));
  private static final RouteText C = file("c", link("c", "d"));
  private static final RouteText D = file("d", template("d"));

  @TempDir Path directory;

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private RouteFiles files;

  @BeforeEach
  void startCamel() {
    files = RouteFilesOfTests.in(camel, SettingsOfTests.in(directory), new VersionsInMemory());
    camel.start();
  }

  @AfterEach
  void stopCamel() {
    camel.stop();
  }

  @Test
  void given_a_chain_when_it_is_there_at_the_start_then_all_of_it_runs() {
    files.start(List.of(A, B, C, D));

    allOfItRuns();
  }

  @Test
  void given_a_chain_when_its_end_comes_last_then_all_of_it_runs() {
    List.of(A, B, C, D).forEach(files::take);

    allOfItRuns();
  }

  @Test
  void given_a_chain_when_a_link_of_it_changes_then_all_of_it_runs() {
    files.start(List.of(A, B, C, D));

    RouteFileState changed = files.take(file("c", C.text() + "# changed\n"));

    assertThat(changed.findings()).isEmpty();
    allOfItRuns();
  }

  @Test
  void given_a_chain_when_it_is_validated_then_nothing_is_printed() throws IOException {
    for (RouteText file : List.of(A, B, C, D)) {
      Files.writeString(directory.resolve(file.name()), file.text());
    }
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    int status = ValidateCommand.run(List.of(directory.toString()), new PrintStream(printed));

    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(status).isZero();
  }

  private void allOfItRuns() {
    assertThat(files.all()).filteredOn(RouteFileState::isRefused).isEmpty();
    assertThat(camel.getRoutes())
        .extracting(Route::getId)
        .containsExactlyInAnyOrder("a-of-b", "b-of-c", "c-of-d");
  }

  private static RouteText file(String name, String text) {
    return new RouteText(name + ".camel.yaml", text);
  }
}
