package org.mqttintegration.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** A PostgreSQL server that can be stopped, and started again on its port and data. */
public final class StoppablePostgres implements AutoCloseable {

  private final Path directory = NewDataDirectory.create().resolve("postgres");
  private final int port = Ports.free();
  private EmbeddedPostgres server;

  /** Makes and starts one. */
  public StoppablePostgres() throws IOException {
    start();
  }

  /** Its address, for the user {@code postgres} without a password. */
  public String url() {
    return "jdbc:postgresql://localhost:%d/postgres".formatted(port);
  }

  /** The arguments that let the application use it. */
  public String[] settings() {
    return new String[] {
      "--spring.datasource.url=" + url(),
      "--spring.datasource.username=postgres",
      "--spring.datasource.password="
    };
  }

  /** Stops it; sessions are ended. */
  public void stop() throws IOException {
    server.close();
  }

  /** Starts it again. */
  public void start() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .setPort(port)
            .start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
