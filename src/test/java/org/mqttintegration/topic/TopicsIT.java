package org.mqttintegration.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;

/** Topics over REST, of messages that went through a broker. */
@IntegrationTest
class TopicsIT {

  private static final String PASSWORD = "a password for topics";

  @Autowired private RestApi api;
  @Autowired private LocalBroker local;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  @Test
  void given_messages_received_and_sent_when_topics_are_listed_then_both_are_there_and_plotted()
      throws Exception {
    long broker =
        api.create(
            "/brokers",
            Map.of("name", "Topics " + mark, "host", "127.0.0.1", "port", local.port()));
    api.subscribe(broker, mark + "/in/#", 1);
    try (MqttTestClient client = MqttTestClient.connect(local.uri())) {
      client.publish(mark + "/in/temp", "{\"temperature\": 20}", 1);
      client.publish(mark + "/in/temp", "{\"temperature\": 23}", 1);
    }
    api.sendAndWait(
            "/sends", Map.of("brokerId", broker, "topic", mark + "/out", "payload", "on", "qos", 1))
        .expect(200);

    Awaitility.await().until(() -> topic(broker, "").path("messages").asInt() == 3);
    JsonNode level =
        api.get("/brokers/%d/topics?under=%s/".formatted(broker, mark)).expect(200).json();
    assertThat(level.at("/items/0/path").asText()).isEqualTo(mark + "/in");
    assertThat(level.at("/items/0/children").asBoolean()).isTrue();
    assertThat(level.at("/items/1/last/direction").asText()).isEqualTo("send");
    assertThat(level.at("/items/1/last/payload").asText()).isEqualTo("on");
    assertThat(topic(broker, "?contains=TEMP").at("/last/payload").asText()).contains("23");

    String series =
        "/history/series?brokerId=%d&topic=%s/in/temp&field=/temperature&columns=1"
            .formatted(broker, mark);
    JsonNode column = api.get(series).expect(200).json().at("/columns/0");
    assertThat(column.path("count").asInt()).isEqualTo(2);
    assertThat(column.path("avg").asDouble()).isEqualTo(21.5);

    RestApi blind = blind();
    JsonNode last =
        blind.get("/brokers/%d/topics?contains=temp".formatted(broker)).json().at("/items/0/last");
    assertThat(last.path("payload").isNull()).isTrue();
    assertThat(last.path("payloadWithheld").asBoolean()).isTrue();
    blind.get(series).expectProblem(403, "forbidden");
  }

  @Test
  void given_what_cannot_be_asked_when_it_is_then_the_parameter_is_named() {
    refused("/brokers/1/topics?under=plant", "under");
    refused("/brokers/1/topics?cursor=AAAA", "cursor");
    refused("/history/series?topic=a", "brokerId");
    refused("/history/series?brokerId=1&topic=a&field=x", "field");
    refused("/history/series?brokerId=1&topic=a&columns=2001", "columns");
    refused(
        "/history/series?brokerId=1&topic=a&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
        "from");
    assertThat(api.get("/brokers/999999999/topics").expect(200).json().path("items")).isEmpty();
  }

  private void refused(String path, String field) {
    JsonNode problem = api.get(path).expectProblem(400, "invalid-request").json();
    assertThat(problem.at("/errors/0/field").asText()).as(path).isEqualTo(field);
  }

  private JsonNode topic(long broker, String query) {
    return api.get("/brokers/%d/topics%s".formatted(broker, query))
        .expect(200)
        .json()
        .at("/items/0");
  }

  private RestApi blind() {
    api.create(
        "/users",
        Map.of(
            "name",
            "blind-" + mark,
            "password",
            PASSWORD,
            "role",
            "operator",
            "readsPayloads",
            false,
            "mustChangePassword",
            false));
    return api.as("blind-" + mark, PASSWORD);
  }
}
