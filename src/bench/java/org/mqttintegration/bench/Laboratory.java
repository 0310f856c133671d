package org.mqttintegration.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where everything runs: a directory below {@code target}, one PostgreSQL, one broker. */
final class Laboratory implements AutoCloseable {

  private final Settings settings;
  private final Path directory;
  private final PostgreSql postgres;
  private final Broker broker;

  Laboratory(Settings settings) throws Exception {
    this.settings = settings;
    Path target = Files.createDirectories(Path.of("target/bench").toAbsolutePath());
    this.directory = Files.createTempDirectory(target, "run");
    this.postgres =
        new PostgreSql(
            directory,
            settings.parts().contains(GrowthPart.NAME) ? PostgreSql.MINIMAL_LOG : Map.of());
    try {
      this.broker = Broker.start(directory);
    } catch (IOException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  Settings settings() {
    return settings;
  }

  Path directory() {
    return directory;
  }

  PostgreSql postgres() {
    return postgres;
  }

  Broker broker() {
    return broker;
  }

  /** Tells whoever watches. */
  void say(String message, Object... parameters) {
    System.out.printf("benchmark: " + message + "%n", parameters);
  }

  @Override
  public void close() throws IOException {
    broker.close();
    postgres.close();
  }
}
