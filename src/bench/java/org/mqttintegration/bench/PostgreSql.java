package org.mqttintegration.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * The one PostgreSQL of all contestants: the programs that the application embeds, with its
 * settings, and commits that are on the disk when they return.
 */
final class PostgreSql implements AutoCloseable {

  private final EmbeddedPostgres server;
  private final long pid;

  /** Without the log that other servers would read, tables may be filled without one. */
  static final Map<String, String> MINIMAL_LOG =
      Map.of("wal_level", "minimal", "max_wal_senders", "0");

  PostgreSql(Path directory, Map<String, String> more) throws IOException {
    Path data = directory.resolve("postgres");
    Path log = directory.resolve("postgres.log");
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setOverrideWorkingDirectory(directory.resolveSibling("postgres-binaries").toFile())
            .setPGStartupWait(Duration.ofSeconds(60))
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("locale-provider", "icu")
            .setLocaleConfig("icu-locale", "und")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", "100")
            .setServerConfig("listen_addresses", "localhost")
            .setServerConfig("unix_socket_directories", "")
            // who commits when is asked of the database itself
            .setServerConfig("track_commit_timestamp", "on")
            // no checkpoint in the middle of one contestant's turn
            .setServerConfig("max_wal_size", "4GB")
            .setOutputRedirector(Redirect.appendTo(log.toFile()))
            .setErrorRedirector(Redirect.appendTo(log.toFile()));
    more.forEach(builder::setServerConfig);
    server = builder.start();
    pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
  }

  /** Makes a database. */
  Database create(String name) throws SQLException {
    admin().execute("create database " + name);
    return new Database(name, server.getPort());
  }

  Database admin() {
    return new Database("postgres", server.getPort());
  }

  /** Brings to the disk what was written, so that it does not go on while something is measured. */
  void settle() throws Exception {
    admin().execute("checkpoint");
    Programs.say(Programs.require("sync"));
  }

  /** With all of its sessions. */
  double cpuSeconds() {
    return ProcessFacts.cpuSeconds(pid);
  }

  /** Fails when the settings are not those that a comparison needs. */
  String settings() throws SQLException {
    String settings =
        admin()
            .value(
                """
                select string_agg(name || ' ' || current_setting(name), ', ' order by name)
                from pg_settings
                where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers',
                               'max_wal_size', 'wal_level', 'track_commit_timestamp')
                """);
    if (!settings.contains("fsync on") || !settings.contains("synchronous_commit on")) {
      throw new IllegalStateException("Commits are not safe: " + settings);
    }
    return settings;
  }

  @Override
  public void close() throws IOException {
    server.close();
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
  }
}
