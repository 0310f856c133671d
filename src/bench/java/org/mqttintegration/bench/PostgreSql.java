package org.mqttintegration.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The one PostgreSQL of all contestants: the programs that the application embeds, with its
 * settings, and commits that are on the disk when they return.
 */
final class PostgreSql implements AutoCloseable {

  private final EmbeddedPostgres server;
  private final long pid;

  PostgreSql(Path directory) throws IOException {
    Path data = directory.resolve("postgres");
    Path log = directory.resolve("postgres.log");
    server =
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
            .setErrorRedirector(Redirect.appendTo(log.toFile()))
            .start();
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
                               'max_wal_size', 'track_commit_timestamp')
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
