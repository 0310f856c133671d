package org.mqttintegration.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.NewDataDirectory;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;

class KilledInstanceIT {

  @Test
  void given_a_killed_instance_when_started_again_then_its_database_is_taken_over_with_its_data()
      throws Exception {
    Parts.ran(KilledInstanceIT.class, Part.EMBEDDED_POSTGRESQL);
    Path directory = NewDataDirectory.create();
    Process instance = startInstance(directory);
    ProcessHandle orphan;
    try {
      assertThatThrownBy(() -> DataDirectory.open(directory))
          .as("while it lives")
          .isInstanceOf(DataDirectoryInUseException.class);
      orphan = LocalDatabaseIT.process(directory);
    } finally {
      instance.destroyForcibly().waitFor();
    }
    assertThat(LocalDatabaseIT.hasEnded(orphan)).as("PostgreSQL ended with its instance").isFalse();

    assertThat(LocalDatabaseIT.readAfterStart(directory)).isEqualTo("before the kill");
    assertThat(LocalDatabaseIT.hasEnded(orphan)).isTrue();
  }

  /** Runs {@link #main} in a JVM of its own, and waits until it has written. */
  private static Process startInstance(Path directory) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Dot.epg.working-dir=" + System.getProperty("ot.epg.working-dir"),
                "-cp",
                System.getProperty("java.class.path"),
                KilledInstanceIT.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null && !line.equals("written")) {
      line = output.readLine();
    }
    assertThat(line).isEqualTo("written");
    return process;
  }

  /** An instance that writes and then does nothing until it is killed. */
  public static void main(String[] arguments) throws Exception {
    LocalDatabase database = LocalDatabase.start(DataDirectory.open(Path.of(arguments[0])));
    LocalDatabaseIT.write(database, "before the kill");
    System.out.println("written");
    new CountDownLatch(1).await();
  }
}
