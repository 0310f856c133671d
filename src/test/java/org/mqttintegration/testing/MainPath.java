package org.mqttintegration.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/** The way of a message through the application: signal, broker, subscription, history. */
public final class MainPath {

  private final RestApi api;
  private final String host;
  private final int port;
  private final String name = "main path " + UUID.randomUUID();
  private final String topic = "main-path/" + UUID.randomUUID();

  /**
   * @param host the broker, as the application sees it
   * @param port its port
   */
  public MainPath(RestApi api, String host, int port) {
    this.api = api;
    this.host = host;
    this.port = port;
  }

  /** Walks it, and fails where it does not lead on. */
  public void walk() {
    long broker = api.create("/brokers", Map.of("name", name, "host", host, "port", port));
    JsonNode check = api.post("/brokers/" + broker + "/check-connection").expect(200).json();
    assertThat(check.path("success").asBoolean()).as(check.toString()).isTrue();

    long subscription =
        api.create("/subscriptions", Map.of("brokerId", broker, "topic", topic + "/#", "qos", 1));
    api.post("/subscriptions/" + subscription + "/subscribe").expect(200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(field("/subscriptions/" + subscription, "subscriptionStatus"))
                    .isEqualTo("subscribed"));

    long signal =
        api.create(
            "/signals",
            Map.of(
                "name",
                name,
                "brokerId",
                broker,
                "topic",
                topic + "/a",
                "payload",
                "Grüße",
                "qos",
                1));
    JsonNode sent = api.sendAndWait("/signals/" + signal + "/send", null).expect(200).json();
    assertThat(sent.path("status").asText()).isEqualTo("delivered");
    awaitHistory(broker, signal, subscription);
    api.delete("/brokers/" + broker + "?cascade=true").expect(204);
  }

  private void awaitHistory(long broker, long signal, long subscription) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              JsonNode items =
                  api.get("/history?brokerId=" + broker).expect(200).json().path("items");
              assertThat(items).hasSize(2);
              assertThat(items)
                  .allSatisfy(i -> assertThat(i.path("payload").asText()).isEqualTo("Grüße"))
                  .anySatisfy(
                      i -> {
                        assertThat(i.path("direction").asText()).isEqualTo("send");
                        assertThat(i.path("signalId").asLong()).isEqualTo(signal);
                      })
                  .anySatisfy(
                      i -> {
                        assertThat(i.path("direction").asText()).isEqualTo("receive");
                        assertThat(i.path("subscriptionId").asLong()).isEqualTo(subscription);
                      });
            });
  }

  private String field(String path, String field) {
    return api.get(path).expect(200).json().path(field).asText();
  }
}
