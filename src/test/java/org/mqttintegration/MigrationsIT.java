package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables are changed while others use them. */
class MigrationsIT {

  @TempDir Path scripts;

  private EmbeddedPostgres postgres;
  private HikariDataSource pool;
  private JdbcClient database;

  @BeforeEach
  void tables() throws Exception {
    Parts.ran(MigrationsIT.class, Part.EMBEDDED_POSTGRESQL);
    postgres = EmbeddedPostgres.start();
    pool = new HikariDataSource();
    pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
    pool.setUsername("postgres");
    pool.setConnectionInitSql("set statement_timeout = '1min'"); // where it would wait for ever
    database = JdbcClient.create(pool);
    database.sql("create table one (id bigint); create table two (id bigint)").update();
  }

  @AfterEach
  void stop() throws Exception {
    pool.close();
    postgres.close();
  }

  @Test
  void given_others_that_lock_in_another_order_when_tables_are_changed_then_both_are_done()
      throws Exception {
    Files.writeString(
        scripts.resolve("V1__both.sql"),
        """
        alter table one add column next text;
        select pg_sleep(2);
        alter table two add column next text;
        """);
    try (Connection other = pool.getConnection();
        Statement statement = transaction(other)) {
      statement.execute("set local deadlock_timeout = '1min'"); // it is the migration that is ended
      statement.execute("insert into two values (1)");
      CompletableFuture<Void> migration = CompletableFuture.runAsync(this::migrate);
      await().until(() -> isLocked("one"));

      statement.execute("insert into one values (1)");
      other.commit();

      migration.join();
    }
    assertThat(database.sql("select next from one").query().listOfRows()).hasSize(1);
    assertThat(database.sql("select next from two").query().listOfRows()).hasSize(1);
  }

  @Test
  void given_somebody_who_reads_for_long_when_a_table_is_changed_then_others_write_meanwhile()
      throws Exception {
    Files.writeString(scripts.resolve("V1__one.sql"), "alter table one add column next text;");
    CompletableFuture<Void> migration;
    try (Connection reader = pool.getConnection();
        Statement statement = transaction(reader)) {
      statement.execute("select * from one");
      migration = CompletableFuture.runAsync(this::migrate);
      await().until(this::migrationWaits);

      // ends when the migration has given way, as the reader does not
      database.sql("insert into one values (1)").update();

      assertThat(migration).isNotDone();
    }
    migration.join();
    assertThat(database.sql("select next from one").query().listOfRows()).hasSize(1);
  }

  private static Statement transaction(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    return connection.createStatement();
  }

  private boolean isLocked(String table) {
    return database
        .sql(
            """
            select exists (select from pg_locks where relation = :table::regclass
              and mode = 'AccessExclusiveLock' and granted)
            """)
        .param("table", table)
        .query(Boolean.class)
        .single();
  }

  private boolean migrationWaits() {
    return database
        .sql(
            "select exists (select from pg_locks where mode = 'AccessExclusiveLock' and not granted)")
        .query(Boolean.class)
        .single();
  }

  /** As the application does it at its start. */
  private void migrate() {
    FluentConfiguration flyway =
        Flyway.configure()
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .locations("filesystem:" + scripts);
    Migrations migrations = new Migrations();
    migrations.patientMigrations(pool).customize(flyway);
    migrations.migrationsBesideOthers().migrate(flyway.load());
  }
}
