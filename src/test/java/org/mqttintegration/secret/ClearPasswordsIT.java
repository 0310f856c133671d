package org.mqttintegration.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.StoppablePostgres;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The passwords that a version before had stored in clear. */
class ClearPasswordsIT {

  private static final String PASSWORD = "clear-canary-4711";

  @Test
  void given_clear_passwords_when_this_version_starts_then_they_are_encrypted_and_nowhere_in_clear()
      throws Exception {
    Parts.ran(ClearPasswordsIT.class, Part.EMBEDDED_POSTGRESQL);
    try (StoppablePostgres postgres = new StoppablePostgres();
        ConnectListener broker = new ConnectListener();
        ApplicationProcess application = ApplicationProcess.alone(postgres.settings())) {
      JdbcClient database = olderVersion(postgres, broker.port());
      assertThat(fileOf("broker", database)).contains(PASSWORD);

      givenAFailureOnTheWay(application, database);
      application.start();

      assertThat(application.api().get("/brokers?sort=name").expect(200).json().at("/items"))
          .extracting(row -> row.path("passwordSet").asBoolean())
          .containsExactly(true, false);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(broker.packets().toString()).contains(PASSWORD));
      assertThat(database.sql("select * from broker").query().listOfRows())
          .hasSize(2)
          .noneMatch(row -> row.containsKey("password"));
      assertThat(fileOf("broker", database)).contains("with-password").doesNotContain(PASSWORD);
      assertThat(fileOf("secret", database)).contains("password").doesNotContain(PASSWORD);
    }
  }

  /** What cannot be done whole is not done at all. */
  private static void givenAFailureOnTheWay(ApplicationProcess application, JdbcClient database)
      throws IOException {
    database.sql("create view of_others as select password from broker").update();
    application.launch();
    await().atMost(Duration.ofMinutes(2)).until(() -> !application.isRunning());
    assertThat(application.log()).anyMatch(line -> line.contains("of_others"));
    assertThat(application.log()).noneMatch(line -> line.contains(PASSWORD));
    assertThat(count("secret", database)).isZero();
    assertThat(database.sql("select password from of_others").query(String.class).list())
        .contains(PASSWORD);
    database.sql("drop view of_others").update();
  }

  private static JdbcClient olderVersion(StoppablePostgres postgres, int port) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(postgres.url());
    source.setUser("postgres");
    DataSource data = source;
    Flyway.configure().dataSource(data).target("15").load().migrate();
    JdbcClient database = JdbcClient.create(data);
    insert(database, "with-password", port, PASSWORD);
    insert(database, "without", port, null);
    return database;
  }

  private static void insert(JdbcClient database, String name, int port, String password) {
    database
        .sql(
            """
            insert into broker (name, url_scheme, host, port, client_id, username, password, keepalive, connect_timeout,
              connection_status)
            values (:name, 'mqtt', '127.0.0.1', :port, :name, 'u', :password, 60, 2, 'unknown')
            """)
        .param("name", name)
        .param("port", port)
        .param("password", password, java.sql.Types.VARCHAR)
        .update();
  }

  private static long count(String table, JdbcClient database) {
    return database.sql("select count(*) from " + table).query(Long.class).single();
  }

  /** What the server's file of a table holds. */
  private static String fileOf(String table, JdbcClient database) throws IOException {
    database.sql("checkpoint").update();
    String path =
        database
            .sql("select current_setting('data_directory') || '/' || pg_relation_filepath(?)")
            .param(table)
            .query(String.class)
            .single();
    return new String(Files.readAllBytes(Path.of(path)), StandardCharsets.ISO_8859_1);
  }
}
