package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A history that an earlier version wrote. */
class HistoryMigrationIT {

  private final DataSource data = newDatabase();
  private final JdbcClient database = JdbcClient.create(data);

  @BeforeEach
  void migrateToTheDefaultPartition() {
    Flyway.configure().dataSource(data).target("5").load().migrate();
  }

  @Test
  void given_rows_anywhere_when_migrated_then_all_are_there_and_the_partitions_have_no_hole() {
    database.sql("select history_make_partitions('2025-03-01', 2)").query().listOfRows();
    database.sql("select history_make_partitions('2025-03-10', 1)").query().listOfRows();
    store("early", "1970-01-01 00:00Z");
    store("day", "2025-03-02 12:00Z");
    store("hole", "2025-03-05 12:00Z");
    store("rest", "2025-06-05 12:00Z");
    store("late", "2199-01-01 00:00Z");

    Flyway.configure().dataSource(data).load().migrate();

    assertThat(
            database
                .sql("select topic from history order by \"timestamp\"")
                .query(String.class)
                .list())
        .containsExactly("early", "day", "hole", "rest", "late");
    assertThat(partitionOf("early")).isEqualTo("history_early");
    assertThat(partitionOf("day")).isEqualTo("history_20250302");
    assertThat(partitionOf("hole")).isEqualTo("history_20250303");
    assertThat(partitionOf("rest")).isEqualTo("history_20250311");
    assertThat(partitionOf("late")).isEqualTo("history_late");
  }

  @Test
  void given_the_default_partition_alone_has_rows_when_migrated_then_they_are_kept() {
    store("early", "1970-01-01 00:00Z");

    Flyway.configure().dataSource(data).load().migrate();

    assertThat(partitionOf("early")).isEqualTo("history_early");
  }

  private void store(String topic, String time) {
    database
        .sql(
            """
            insert into history (id, "timestamp", direction, broker_id, topic, payload, qos, retain, duplicate)
            values (nextval('history_id_seq'), cast(:time as timestamptz), 'send', 1, :topic, '', 0, false, false)
            """)
        .param("time", time)
        .param("topic", topic)
        .update();
  }

  private String partitionOf(String topic) {
    List<String> partitions =
        database
            .sql("select tableoid::regclass::text from history where topic = :topic")
            .param("topic", topic)
            .query(String.class)
            .list();
    return partitions.get(0);
  }

  private static DataSource newDatabase() {
    String name = "migration_" + System.nanoTime();
    PGSimpleDataSource server = (PGSimpleDataSource) HistorySlice.Database.direct();
    JdbcClient.create(server).sql("create database " + name).update();
    PGSimpleDataSource created = new PGSimpleDataSource();
    created.setServerNames(server.getServerNames());
    created.setPortNumbers(server.getPortNumbers());
    created.setUser(server.getUser());
    created.setDatabaseName(name);
    return created;
  }
}
