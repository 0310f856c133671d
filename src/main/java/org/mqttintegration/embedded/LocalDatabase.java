package org.mqttintegration.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/**
 * A PostgreSQL server of our own, on loopback, its files in {@code postgres} of the data directory.
 * A commit is on the disk when it returns, as on any other PostgreSQL.
 */
final class LocalDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalDatabase.class);

  /** Both the database and its owner, who is no superuser. */
  private static final String NAME = "mqtt_integration";

  private static final String UNPACK_TO = "ot.epg.working-dir";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;
  private final Optional<ProcessHandle> process;
  private final DatabaseAccess access;

  private LocalDatabase(
      EmbeddedPostgres server, Optional<ProcessHandle> process, DatabaseAccess access) {
    this.server = server;
    this.process = process;
    this.access = access;
  }

  /** Starts the server, with a database in it; the first time it is made. */
  static LocalDatabase start(DataDirectory data)
      throws IOException, SQLException, InterruptedException {
    Path directory = data.resolve("postgres");
    PostgresProcess process = new PostgresProcess(directory);
    process.stopOrphan();
    setAsideIfUnfinished(directory);
    DatabaseAccess access = DatabaseAccess.of(directory, data.resolve("postgres-password"));
    unpackBelow(data);
    Path console = data.resolve("postgres-start.log");
    Files.deleteIfExists(console);
    EmbeddedPostgres server = startServer(data, access, process, console);
    // the library opens it to everybody, who could then replace the programs
    OwnerOnly.set(Path.of(System.getProperty(UNPACK_TO)));
    LocalDatabase database = new LocalDatabase(server, process.find(), access);
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      access.close(statement, NAME);
    } catch (SQLException | IOException e) {
      database.close();
      throw e;
    }
    LOG.info("embedded database started port={} directory={}", server.getPort(), directory);
    return database;
  }

  private static EmbeddedPostgres startServer(
      DataDirectory data, DatabaseAccess access, PostgresProcess process, Path console)
      throws IOException, InterruptedException {
    try {
      return builder(data, access)
          .setOutputRedirector(to(console))
          .setErrorRedirector(to(console))
          .start();
    } catch (IOException | RuntimeException e) {
      process.stopOrphan();
      throw new IOException(
          "The embedded PostgreSQL does not start; see %s and %s"
              .formatted(console, process.directory().resolve("log")),
          e);
    }
  }

  /**
   * Where the library unpacks PostgreSQL's programs to. Not the data directory itself: the library
   * deletes what looks stale beside them.
   */
  private static void unpackBelow(DataDirectory data) {
    if (System.getProperty(UNPACK_TO) == null) {
      System.setProperty(UNPACK_TO, data.resolve("postgres-binaries").toString());
    }
  }

  private static Redirect to(Path file) {
    return Redirect.appendTo(file.toFile());
  }

  private static EmbeddedPostgres.Builder builder(DataDirectory data, DatabaseAccess access) {
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    return builder
        .setDataDirectory(data.resolve("postgres"))
        .setDataDirectoryCustomizer(ignored -> access.writeRules())
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(START_LIMIT)
        .setConnectConfig("password", access.password())
        // not the locale of the environment, which may not be UTF-8 or not exist
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("locale-provider", "icu")
        .setLocaleConfig("icu-locale", "und")
        // the library switches both off, for tests
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "100")
        .setServerConfig("listen_addresses", "localhost")
        .setServerConfig("unix_socket_directories", "")
        // a week of logs, in the database directory
        .setServerConfig("logging_collector", "on")
        .setServerConfig("log_directory", "log")
        .setServerConfig("log_filename", "postgresql-%a.log")
        .setServerConfig("log_rotation_age", "1d")
        .setServerConfig("log_rotation_size", "0")
        .setServerConfig("log_truncate_on_rotation", "on");
  }

  /**
   * The library locks a file in the directory once it is made. Without that file, making it was
   * interrupted, so no server ever ran in it.
   */
  private static void setAsideIfUnfinished(Path directory) throws IOException {
    if (Files.exists(directory.resolve("postgresql.conf"))
        && !Files.exists(directory.resolve("epg-lock"))) {
      Path aside = directory.resolveSibling("postgres-unfinished-" + System.currentTimeMillis());
      LOG.warn("an unfinished database directory was set aside path={}", aside);
      Files.move(directory, aside);
    }
  }

  /** How to reach the database. */
  JdbcConnectionDetails connectionDetails() {
    return new Details(server.getPort(), access.password());
  }

  @Override
  public void close() throws IOException {
    // waits 5 s, which a slow disk may exceed
    server.close();
    try {
      if (process.isPresent()) {
        PostgresProcess.awaitEnd(process.get(), STOP_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.info("embedded database stopped port={}", server.getPort());
  }

  private record Details(int port, String password) implements JdbcConnectionDetails {

    @Override
    public String getUsername() {
      return NAME;
    }

    @Override
    public String getPassword() {
      return password;
    }

    @Override
    public String getJdbcUrl() {
      return "jdbc:postgresql://localhost:%d/%s?reWriteBatchedInserts=true".formatted(port, NAME);
    }

    @Override
    public String toString() {
      return getJdbcUrl();
    }
  }
}
