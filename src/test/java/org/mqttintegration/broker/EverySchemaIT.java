package org.mqttintegration.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.secret.KeysInDirectory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** Databases of every version that there was, with data, become such of the newest. */
class EverySchemaIT {

  private static final String NEWEST = "newest";

  /** From here on a node of one version goes on beside one of the next. */
  private static final MigrationVersion ROLLING = MigrationVersion.fromVersion("25");

  @TempDir static Path directory;

  private static EmbeddedPostgres postgres;
  private static DataSource newest;

  @BeforeAll
  static void start() throws IOException {
    // nothing of it is to survive
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .setServerConfig("full_page_writes", "off")
            .start();
    newest = database(NEWEST);
    flyway(newest).migrate();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  private static DataSource database(String name) {
    JdbcClient.create(postgres.getPostgresDatabase()).sql("create database " + name).update();
    return postgres.getDatabase("postgres", name);
  }

  private static Flyway flyway(DataSource data) {
    return flyway(data, MigrationVersion.LATEST);
  }

  private static Flyway flyway(DataSource data, MigrationVersion target) {
    return Flyway.configure()
        .dataSource(data)
        .target(target)
        .javaMigrations(new ClearPasswords(KeysInDirectory.of(directory)))
        .load();
  }

  static Stream<MigrationVersion> versions() {
    return Arrays.stream(flyway(newest).info().all()).map(MigrationInfo::getVersion);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void given_a_database_of_any_version_when_it_is_migrated_then_its_data_is_there(
      MigrationVersion version) {
    DataSource data = database("from_" + version.getVersion().replace('.', '_'));
    flyway(data, version).migrate();
    List<SchemaData> stored = SchemaData.ALL.stream().filter(known -> known.fits(version)).toList();
    stored.forEach(known -> new JdbcTemplate(data).execute(known.insert()));

    flyway(data).migrate();

    assertThat(stored).isNotEmpty();
    for (SchemaData known : stored) {
      assertThat(JdbcClient.create(data).sql(known.look()).query(Integer.class).single())
          .as("since %s: %s", known.from(), known.look())
          .isEqualTo(known.rows());
    }
    assertThat(shape(data)).isEqualTo(shape(newest));
  }

  @Test
  void given_all_versions_when_their_data_is_counted_then_each_is_tried_with_some_of_its_own() {
    List<String> changingNoData = List.of("6", "16", "16.1", "19", "21", "22", "23", "24", "26");

    assertThat(versions().map(MigrationVersion::getVersion))
        .allMatch(
            version ->
                changingNoData.contains(version)
                    || SchemaData.ALL.stream().anyMatch(known -> known.from().equals(version)));
  }

  /** What {@code operations.md} says of a new version: nodes are replaced one after the other. */
  @Test
  void given_each_version_that_nodes_roll_to_when_compared_with_the_one_before_then_that_goes_on() {
    DataSource data = database("rolling");
    Map<Boolean, List<MigrationVersion>> rolled =
        versions().collect(Collectors.partitioningBy(each -> each.compareTo(ROLLING) > 0));
    flyway(data, Collections.max(rolled.get(false))).migrate();
    for (MigrationVersion next : rolled.get(true)) {
      SchemaShape before = SchemaShape.of(data);
      flyway(data, next).migrate();
      assertThat(before.hinders(SchemaShape.of(data))).as("version %s", next).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table next_table (id bigint primary key, name text not null unique)",
        "alter table broker add column next_text text check (next_text <> '')",
        "alter table history add column next_number integer not null default 0",
        "create index next_index on send (attempts)",
        "alter table broker alter column note set default ''",
        "create or replace function topic_digest(topic text) returns bytea immutable strict language sql"
            + " as $$ select sha256(convert_to(topic, 'UTF8')) $$",
      })
  void given_a_migration_that_adds_when_compared_then_the_version_before_goes_on(String sql)
      throws SQLException {
    assertThat(hinders(sql)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table demonstration",
        "alter table broker drop column note",
        "alter table broker rename column note to remark",
        "alter table signal rename to message_to_send",
        "alter table history add column next_text text not null",
        "alter table broker alter column note set not null",
        "alter table send alter column attempts drop default",
        "alter table history alter column qos type integer",
        "alter table broker add check (port < 60000)",
        "create unique index next_index on broker (host)",
        "drop index subscription_broker_topic",
        "drop function payload_number(bytea, text[])",
      })
  void given_a_migration_that_takes_away_when_compared_then_it_is_found(String sql)
      throws SQLException {
    assertThat(hinders(sql)).isNotEmpty();
  }

  /** Why a version that knows the newest schema cannot go on after that; it is undone. */
  private static List<String> hinders(String sql) throws SQLException {
    SchemaShape before = SchemaShape.of(newest);
    try (Connection connection = newest.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(sql);
      List<String> reasons =
          before.hinders(SchemaShape.of(new SingleConnectionDataSource(connection, true)));
      connection.rollback();
      return reasons;
    }
  }

  @Test
  void given_the_newest_schema_when_the_entities_are_compared_with_it_then_they_fit() {
    LocalContainerEntityManagerFactoryBean entities = new LocalContainerEntityManagerFactoryBean();
    entities.setDataSource(newest);
    entities.setPackagesToScan("org.mqttintegration");
    entities.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
    entities.setJpaPropertyMap(
        Map.of(
            "hibernate.hbm2ddl.auto",
            "validate",
            "hibernate.physical_naming_strategy",
            CamelCaseToUnderscoresNamingStrategy.class.getName()));

    entities.afterPropertiesSet();

    try {
      assertThat(entities.getObject().getMetamodel().getEntities()).hasSizeGreaterThan(5);
    } finally {
      entities.destroy();
    }
  }

  /** Columns and constraints, but for the partitions, which follow the calendar and the rows. */
  private static List<String> shape(DataSource data) {
    return JdbcClient.create(data)
        .sql(
            """
            select c.table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
                   || ' ' || coalesce(column_default, '')
            from information_schema.columns c
            where table_schema = 'public' and table_name not similar to '(history|route_step)_[0-9]+'
            union all
            select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where connamespace = 'public'::regnamespace and conparentid = 0
              and conrelid::regclass::text not similar to '(history|route_step)_%'
            union all
            select indexdef from pg_indexes
            where schemaname = 'public' and tablename not similar to '(history|route_step)_%'
            order by 1
            """)
        .query(String.class)
        .list();
  }
}
