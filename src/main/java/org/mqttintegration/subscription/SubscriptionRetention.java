package org.mqttintegration.subscription;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.mqttintegration.history.OwnRetention;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells the history which subscriptions have a retention of their own. */
@Component
class SubscriptionRetention implements OwnRetention {

  private final JdbcClient database;

  SubscriptionRetention(JdbcClient database) {
    this.database = database;
  }

  @Override
  public Map<Long, Duration> durations() {
    Map<Long, Duration> durations = new HashMap<>();
    database
        .sql("select id, history_retention from subscription where history_retention is not null")
        .query(
            row -> {
              durations.put(
                  row.getLong("id"), Duration.ofSeconds(row.getLong("history_retention")));
            });
    return durations;
  }
}
