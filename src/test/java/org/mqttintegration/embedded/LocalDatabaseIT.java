package org.mqttintegration.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.testing.NewDataDirectory;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

class LocalDatabaseIT {

  @BeforeAll
  static void report() {
    Parts.ran(LocalDatabaseIT.class, Part.EMBEDDED_POSTGRESQL);
  }

  @Test
  void given_a_running_database_when_asked_then_commits_reach_the_disk_and_only_loopback_is_served()
      throws Exception {
    try (DataDirectory data = DataDirectory.open(NewDataDirectory.create());
        LocalDatabase database = LocalDatabase.start(data);
        Connection connection = connect(database.connectionDetails())) {
      assertThat(query(connection, "show fsync")).isEqualTo("on");
      assertThat(query(connection, "show synchronous_commit")).isEqualTo("on");
      assertThat(query(connection, "show full_page_writes")).isEqualTo("on");
      assertThat(query(connection, "show listen_addresses")).isEqualTo("localhost");
      assertThat(query(connection, "show server_encoding")).isEqualTo("UTF8");
      assertThat(query(connection, "show server_version")).startsWith("17.");
      assertThat(query(connection, "select rolsuper from pg_roles where rolname = current_user"))
          .isEqualTo("f");
      assertThat(query(connection, "select 'b' < 'C' and 'ä' < 'b'"))
          .as("sorted as people do, whatever the environment's locale")
          .isEqualTo("t");
    }
  }

  @Test
  void given_another_user_of_the_machine_when_they_connect_without_the_password_then_refused()
      throws Exception {
    try (DataDirectory data = DataDirectory.open(NewDataDirectory.create());
        LocalDatabase database = LocalDatabase.start(data)) {
      String url = database.connectionDetails().getJdbcUrl();
      for (String user : List.of("postgres", "mqtt_integration")) {
        assertThatThrownBy(() -> DriverManager.getConnection(url, user, "guess"))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      }
    }
  }

  @Test
  void given_data_when_closed_and_started_again_then_it_is_there_and_no_process_is_left()
      throws Exception {
    Path directory = NewDataDirectory.create();
    ProcessHandle first;
    try (DataDirectory data = DataDirectory.open(directory);
        LocalDatabase database = LocalDatabase.start(data)) {
      write(database, "kept");
      first = process(directory);
    }
    assertThat(hasEnded(first)).isTrue();
    assertThat(directory.resolve("postgres/postmaster.pid")).doesNotExist();
    assertThat(readAfterStart(directory)).isEqualTo("kept");
  }

  @Test
  void given_a_pid_file_whose_process_is_another_program_when_started_then_that_program_is_spared()
      throws Exception {
    Path directory = NewDataDirectory.create();
    try (DataDirectory data = DataDirectory.open(directory);
        LocalDatabase database = LocalDatabase.start(data)) {
      write(database, "kept");
    }
    Process bystander = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(
          directory.resolve("postgres/postmaster.pid"),
          bystander.pid() + "\n" + directory.resolve("postgres") + "\n");
      assertThat(readAfterStart(directory)).isEqualTo("kept");
      assertThat(bystander.isAlive()).isTrue();
    } finally {
      bystander.destroy();
    }
  }

  @Test
  void given_a_directory_whose_making_was_interrupted_when_started_then_it_is_made_anew(
      @TempDir Path directory) throws Exception {
    Path half = Files.createDirectories(directory.resolve("postgres"));
    Files.writeString(half.resolve("postgresql.conf"), "# cut off");
    try (DataDirectory data = DataDirectory.open(directory);
        LocalDatabase database = LocalDatabase.start(data)) {
      write(database, "works");
    }
    try (var files = Files.list(directory)) {
      assertThat(files)
          .anySatisfy(
              f -> assertThat(f.getFileName().toString()).startsWith("postgres-unfinished"));
    }
  }

  static ProcessHandle process(Path directory) throws Exception {
    return new PostgresProcess(directory.resolve("postgres")).find().orElseThrow();
  }

  /** Ended, whether or not somebody collected it. */
  static boolean hasEnded(ProcessHandle process) {
    return !process.isAlive() || process.info().command().isEmpty();
  }

  static void write(LocalDatabase database, String value) throws SQLException {
    try (Connection connection = connect(database.connectionDetails());
        Statement statement = connection.createStatement()) {
      statement.execute("create table note (value text)");
      statement.execute("insert into note values ('" + value + "')");
    }
  }

  static String readAfterStart(Path directory) throws Exception {
    try (DataDirectory data = DataDirectory.open(directory);
        LocalDatabase database = LocalDatabase.start(data);
        Connection connection = connect(database.connectionDetails())) {
      return query(connection, "select value from note");
    }
  }

  private static Connection connect(JdbcConnectionDetails details) throws SQLException {
    return DriverManager.getConnection(
        details.getJdbcUrl(), details.getUsername(), details.getPassword());
  }

  private static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
