package org.mqttintegration.bridge;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many dead letters wait, of each route. */
@Component
public class DeadLetterCounts {

  private final JdbcClient database;

  DeadLetterCounts(JdbcClient database) {
    this.database = database;
  }

  /** By the routes' ids; without those that have none. */
  public Map<String, Long> byRoute() {
    Map<String, Long> counts = new HashMap<>();
    database
        .sql("select route_id, count(*) from dead_letter group by route_id")
        .query(
            row -> {
              counts.put(row.getString(1), row.getLong(2));
            });
    return counts;
  }
}
