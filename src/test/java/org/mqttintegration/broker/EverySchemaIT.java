package org.mqttintegration.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
import org.mqttintegration.secret.KeysInDirectory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** Databases of every version that there was, with data, become such of the newest. */
class EverySchemaIT {

  private static final String NEWEST = "newest";

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
    List<String> changingNoData = List.of("6", "16", "16.1", "19", "21", "22", "23", "24");

    assertThat(versions().map(MigrationVersion::getVersion))
        .allMatch(
            version ->
                changingNoData.contains(version)
                    || SchemaData.ALL.stream().anyMatch(known -> known.from().equals(version)));
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
