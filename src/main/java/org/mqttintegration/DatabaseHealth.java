package org.mqttintegration;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the database answers. In place of Spring Boot's, which waits for a frozen one. */
@Component("dbHealthIndicator") // "db" in the answer
class DatabaseHealth implements HealthIndicator {

  private static final int LIMIT_SECONDS = 2;

  private final DataSource database;

  DatabaseHealth(DataSource database) {
    this.database = database;
  }

  @Override
  public Health health() {
    try (Connection connection = database.getConnection()) {
      return connection.isValid(LIMIT_SECONDS)
          ? Health.up().build()
          : Health.down().withDetail("reason", "no answer").build();
    } catch (SQLException e) {
      return Health.down().withDetail("reason", "no connection").build();
    }
  }
}
