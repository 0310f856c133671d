package org.mqttintegration.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.postgresql.Driver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/** The application's own database is nothing that a broker may be at. */
@IntegrationTest
class OwnDatabaseIT {

  @Autowired private RestApi api;
  @Autowired private JdbcConnectionDetails database;

  @Test
  void given_a_broker_at_the_own_database_when_checked_then_the_outbound_step_refuses_it() {
    Properties server = Driver.parseURL(database.getJdbcUrl(), null);
    long id =
        api.create(
            "/brokers",
            Map.of(
                "name", "Own database",
                "host", server.getProperty("PGHOST"),
                "port", Integer.parseInt(server.getProperty("PGPORT"))));
    try {
      JsonNode check = api.post("/brokers/" + id + "/check-connection").expect(200).json();

      assertThat(check.path("success").asBoolean()).isFalse();
      JsonNode last = check.path("steps").path(1);
      assertThat(last.path("name").asText()).isEqualTo("outbound");
      assertThat(last.path("success").asBoolean()).isFalse();
      assertThat(last.path("detail").asText())
          .contains("the application's own database", "own-database: true permits it");
    } finally {
      api.delete("/brokers/" + id);
    }
  }
}
