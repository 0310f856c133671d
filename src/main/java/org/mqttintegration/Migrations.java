package org.mqttintegration;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.mqttintegration.resource.SqlState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How the database's tables are brought up to date, while other nodes may use them. What a
 * migration waits to change, everybody else waits for too: so it waits for a lock for two seconds
 * only, gives back what it has, and tries again.
 */
@Configuration(proxyBeanMethods = false)
class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private static final String LOCK_TIMEOUT = "set lock_timeout = '2s'";

  private static final Set<String> LOCKED =
      Set.of(SqlState.DEADLOCK_DETECTED, SqlState.LOCK_NOT_AVAILABLE);

  private static final int ATTEMPTS = 100;
  private static final long PAUSE_MILLIS = 3_000;

  /**
   * On connections of their own: what is done to a long history may take longer than a request. One
   * node at a time; the others wait for as long as it takes.
   */
  @Bean
  FlywayConfigurationCustomizer patientMigrations(HikariDataSource database) {
    return flyway ->
        flyway
            .dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
            .initSql(LOCK_TIMEOUT)
            .lockRetryCount(-1);
  }

  @Bean
  FlywayMigrationStrategy migrationsBesideOthers() {
    return Migrations::migrate;
  }

  /**
   * Each migration is a transaction: one that failed has done nothing.
   *
   * @throws FlywayException why one cannot be made
   */
  private static void migrate(Flyway flyway) {
    for (int attempt = 1; ; attempt++) {
      try {
        flyway.migrate();
        return;
      } catch (FlywayException e) {
        String state = SqlState.of(e);
        if (state == null || !LOCKED.contains(state) || attempt == ATTEMPTS) {
          throw e;
        }
        LOG.warn("migration waits for what others use attempt={} state={}", attempt, state);
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while tables were brought up to date", e);
    }
  }
}
