package org.mqttintegration.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.broker.BrokerRequest;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class ScheduleRefusedIT {

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired JdbcClient database;
  @Autowired ObjectMapper json;

  private long broker;
  private long signal;

  @BeforeEach
  void aSignal() {
    broker =
        brokers.create(BrokerRequest.of("refused", null, local.host(), local.port(), null)).id();
    signal =
        api.create(
            "/signals", "{\"name\":\"t\",\"brokerId\":%d,\"topic\":\"t\"}".formatted(broker));
  }

  @AfterEach
  void nothingIsStored() {
    brokers.delete(broker, true);
    assertThat(database.sql("select count(*) from schedule").query(Long.class).single()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'every': 'PT1S', 'signalId': 999999}                        | signalId",
        "{}                                                           | at",
        "{'every': 'PT1S', 'cron': '* * * * * ?'}                     | every",
        "{'at': '2020-01-01T00:00:00Z'}                               | at",
        "{'at': 'tomorrow'}                                           | at",
        "{'every': 'PT0.5S'}                                          | every",
        "{'cron': '* * * * *'}                                        | cron",
        "{'cron': '0 0 0 30 2 ?'}                                     | cron",
        "{'cron': '* * * * * ?', 'timeZone': 'Mars/Base'}             | timeZone",
        "{'every': 'PT1S', 'endAt': '2020-01-01T00:00:00Z'}           | endAt",
        "{'every': 'PT1S', 'misfire': 'perhaps'}                      | misfire",
        "{'every': 'PT1S', 'values': {'a': '\\u0000'}}                | values",
        "{'every': 'PT1S', 'values': 7}                               | values",
        "{'every': 'PT1S', 'unknown': 7}                              | unknown"
      })
  void given_what_cannot_be_when_stored_then_the_field_is_named(String when, String field)
      throws Exception {
    JsonNode problem =
        api.post("/schedules", schedule(when)).expectProblem(400, "invalid-request").json();

    assertThat(problem.path("errors").findValuesAsText("field")).containsExactly(field);
    assertThat(database.sql("select count(*) from qrtz_job_details").query(Long.class).single())
        .isZero();
  }

  private ObjectNode schedule(String fields) throws Exception {
    return json.createObjectNode()
        .put("signalId", signal)
        .setAll((ObjectNode) json.readTree(fields.replace('\'', '"')));
  }
}
