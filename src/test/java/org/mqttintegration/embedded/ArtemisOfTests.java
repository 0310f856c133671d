package org.mqttintegration.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The embedded broker without the application, for tests that need a broker only. */
public final class ArtemisOfTests implements AutoCloseable {

  private final DataDirectory data;
  private final EmbeddedArtemis artemis;

  private ArtemisOfTests(DataDirectory data, EmbeddedArtemis artemis) {
    this.data = data;
    this.artemis = artemis;
  }

  /** Starts one on a free port, with new data below {@code target}. */
  public static ArtemisOfTests start() throws Exception {
    return start(newDirectory());
  }

  /** Starts one on the data of an earlier one, and on its port. */
  public static ArtemisOfTests start(Path directory) throws Exception {
    DataDirectory data = DataDirectory.open(directory);
    return new ArtemisOfTests(data, EmbeddedArtemis.start(data, 0));
  }

  private static Path newDirectory() throws IOException {
    return Files.createTempDirectory(Files.createDirectories(Path.of("target/it-data")), "artemis");
  }

  public LocalBroker broker() {
    return artemis.broker();
  }

  public Path directory() {
    return data.path();
  }

  @Override
  public void close() throws Exception {
    artemis.close();
    data.close();
  }
}
