package org.mqttintegration.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.routefile.check.FilesOfTests;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.RouteText;
import org.mqttintegration.routefile.check.SettingsOfTests;

/** Each look is asked for, so that nothing depends on time. */
class RouteFileWatchTest {

  @TempDir Path directory;

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final VersionsInMemory versions = new VersionsInMemory();
  private RouteFiles files;
  private RouteFileWatch watch;

  @BeforeEach
  void startCamel() {
    camel.start();
    RouteFileSettings settings = SettingsOfTests.in(directory);
    files = RouteFilesOfTests.in(camel, settings, versions);
    watch =
        new RouteFileWatch(new RouteFolder(settings), files, mock(RouteFileCopies.class), settings);
  }

  @AfterEach
  void stopCamel() {
    camel.stop();
  }

  @Test
  void given_a_new_file_when_two_looks_saw_the_same_then_it_runs() throws IOException {
    write(text("a"));

    watch.look();
    assertThat(ids()).isEmpty();
    watch.look();
    assertThat(ids()).containsExactly("a");

    watch.look();
    watch.look();
    assertThat(versions.kept).containsExactly("applied a.camel.yaml");
  }

  @Test
  void given_a_save_in_steps_when_looked_at_in_between_then_it_is_applied_once_and_whole()
      throws IOException {
    write(text("a"));
    looks(2);

    write("");
    looks(1);
    write(text("b").substring(0, 30));
    looks(1);
    write(text("b"));
    looks(3);

    assertThat(ids()).containsExactly("b");
    assertThat(versions.kept).containsExactly("applied a.camel.yaml", "applied a.camel.yaml");
  }

  @Test
  void given_a_file_that_an_editor_replaces_when_looked_at_then_it_is_applied_once()
      throws IOException {
    write(text("a"));
    looks(2);

    Path temporary = Files.writeString(directory.resolve(".a.camel.yaml.swp"), text("b"));
    looks(1);
    Files.move(temporary, directory.resolve("a.camel.yaml"), StandardCopyOption.REPLACE_EXISTING);
    looks(4);

    assertThat(ids()).containsExactly("b");
    assertThat(versions.times("applied a.camel.yaml")).isEqualTo(2);
  }

  @Test
  void given_a_file_without_an_end_of_line_when_it_stays_so_then_it_is_applied_later()
      throws IOException {
    write(text("a").stripTrailing());

    looks(3);
    assertThat(ids()).isEmpty();
    looks(1);
    assertThat(ids()).containsExactly("a");
  }

  @Test
  void given_a_file_when_it_is_deleted_then_its_routes_stop() throws IOException {
    write(text("a"));
    looks(2);

    Files.delete(directory.resolve("a.camel.yaml"));
    looks(2);

    assertThat(ids()).isEmpty();
    assertThat(versions.kept).endsWith("deleted a.camel.yaml");
  }

  @Test
  void given_a_file_put_since_the_look_that_missed_it_when_taken_up_then_its_routes_run_on()
      throws Exception {
    write(text("a"));
    looks(2);
    Files.delete(directory.resolve("a.camel.yaml"));
    looks(1);

    Thread second = new Thread(watch::look);
    files.alone(
        () -> {
          second.start();
          await().until(() -> second.getState() == Thread.State.WAITING); // it has looked
          files.take(put(text("b")));
          return null;
        });
    second.join();

    assertThat(ids()).containsExactly("b");
    looks(3);
    assertThat(ids()).containsExactly("b");
    assertThat(versions.kept).containsExactly("applied a.camel.yaml", "applied a.camel.yaml");
  }

  @Test
  void given_a_file_deleted_since_the_look_that_saw_it_when_taken_up_then_it_does_not_run()
      throws Exception {
    write(text("a"));
    looks(1);

    Thread second = new Thread(watch::look);
    files.alone(
        () -> {
          second.start();
          await().until(() -> second.getState() == Thread.State.WAITING);
          return directory.resolve("a.camel.yaml").toFile().delete();
        });
    second.join();

    assertThat(ids()).isEmpty();
    assertThat(versions.kept).isEmpty();
  }

  @Test
  void given_other_files_and_no_folder_when_looked_at_then_nothing_happens() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "no routes");
    Files.createDirectories(directory.resolve("folder.camel.yaml"));
    Files.writeString(directory.resolve(".hidden.camel.yaml"), text("a"));
    looks(4);
    assertThat(ids()).isEmpty();

    RouteFileSettings settings = SettingsOfTests.in(directory.resolve("none"));
    assertThat(new RouteFolder(settings).list()).isEmpty();
  }

  @Test
  void given_files_when_the_application_starts_then_they_run_at_once() throws IOException {
    write(text("a").stripTrailing());

    watch.start();

    assertThat(ids()).containsExactly("a");
    watch.stop();
  }

  private void looks(int times) {
    for (int look = 0; look < times; look++) {
      watch.look();
    }
  }

  private RouteText put(String text) {
    try {
      write(text);
      return new RouteText("a.camel.yaml", text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String text) throws IOException {
    Files.writeString(directory.resolve("a.camel.yaml"), text);
  }

  private List<String> ids() {
    return camel.getRoutes().stream().map(Route::getId).toList();
  }

  private static String text(String id) {
    return FilesOfTests.step("log: x").replace("id: a", "id: " + id);
  }
}
