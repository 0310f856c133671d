package org.mqttintegration;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the database's tables are brought up to date. */
@Configuration(proxyBeanMethods = false)
class Migrations {

  /** On connections of their own: what is done to a long history may take longer than a request. */
  @Bean
  FlywayConfigurationCustomizer patientMigrations(HikariDataSource database) {
    return flyway ->
        flyway.dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword());
  }
}
