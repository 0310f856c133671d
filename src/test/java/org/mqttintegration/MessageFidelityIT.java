package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.mqttintegration.testing.BrokerUnderTest;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.TestOnEachBroker;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever is published from outside stands in the history, byte for byte. */
@IntegrationTest
class MessageFidelityIT {

  private static final byte[] NOT_UTF8 = {(byte) 0xC3, 0x28, (byte) 0xFF, 0, 'a', 0, (byte) 0x80};

  @Autowired RestApi api;

  @TestOnEachBroker
  void given_any_payload_at_any_qos_when_published_then_its_bytes_are_in_the_history(
      BrokerUnderTest broker) throws Exception {
    String root = "fidelity/" + UUID.randomUUID();
    byte[] megabyte = new byte[1024 * 1024];
    new Random(1).nextBytes(megabyte);
    List<byte[]> payloads =
        List.of("21.5 °C".getBytes(StandardCharsets.UTF_8), new byte[0], NOT_UTF8, megabyte);
    long subscription = subscribe(broker, root + "/#", 2);
    try (MqttTestClient client = MqttTestClient.connect(broker.uri())) {
      for (int qos = 0; qos <= 2; qos++) {
        for (int i = 0; i < payloads.size(); i++) {
          String topic = "%s/%d/%d".formatted(root, qos, i);
          client.publish(topic, payloads.get(i), qos, false, new MqttProperties());
        }
      }
    }

    List<JsonNode> entries = awaitEntries(subscription, 3 * payloads.size());

    assertThat(entries).hasSize(3 * payloads.size());
    for (JsonNode entry : entries) {
      String[] levels = entry.path("topic").asText().split("/");
      byte[] payload = payloads.get(Integer.parseInt(levels[3]));
      assertThat(api.get("/history/%d/payload".formatted(entry.path("id").asLong())).body())
          .isEqualTo(payload);
      assertThat(entry.path("qos").asInt()).isEqualTo(Integer.parseInt(levels[2]));
      assertThat(entry.path("direction").asText()).isEqualTo("receive");
      assertThat(entry.path("retain").asBoolean()).isFalse();
      assertThat(entry.path("duplicate").asBoolean()).isFalse();
    }
  }

  @TestOnEachBroker
  void given_mqtt5_properties_when_published_then_they_are_in_the_history_in_order(
      BrokerUnderTest broker) throws Exception {
    String topic = "fidelity/" + UUID.randomUUID();
    MqttProperties properties = new MqttProperties();
    properties.setContentType("application/json");
    properties.setPayloadFormat(true);
    properties.setMessageExpiryInterval(3600L);
    properties.setResponseTopic("answers/here");
    properties.setCorrelationData(NOT_UTF8);
    properties.setUserProperties(
        List.of(
            new UserProperty("line", "1"),
            new UserProperty("shift", "früh"),
            new UserProperty("line", "2"),
            new UserProperty("", "")));
    long subscription = subscribe(broker, topic, 1);
    try (MqttTestClient client = MqttTestClient.connect(broker.uri())) {
      client.publish(topic, "{}".getBytes(StandardCharsets.UTF_8), 1, false, properties);
    }

    JsonNode entry = awaitEntries(subscription, 1).get(0);

    assertThat(entry.path("contentType").asText()).isEqualTo("application/json");
    assertThat(entry.path("payloadFormatIndicator").asInt()).isEqualTo(1);
    assertThat(entry.path("messageExpiryInterval").asLong()).isBetween(3590L, 3600L);
    assertThat(entry.path("responseTopic").asText()).isEqualTo("answers/here");
    assertThat(entry.path("correlationData").binaryValue()).isEqualTo(NOT_UTF8);
    assertThat(entry.path("userProperties"))
        .extracting(p -> p.path("name").asText() + "=" + p.path("value").asText())
        .containsExactly("line=1", "shift=früh", "line=2", "=");
  }

  @TestOnEachBroker
  void given_a_retained_message_when_subscribing_then_it_is_recorded_as_retained(
      BrokerUnderTest broker) throws Exception {
    String topic = "fidelity/" + UUID.randomUUID();
    try (MqttTestClient client = MqttTestClient.connect(broker.uri())) {
      client.publish(topic, new byte[] {1, 0, 2}, 1, true, new MqttProperties());
      long subscription = subscribe(broker, topic, 1);

      JsonNode entry = awaitEntries(subscription, 1).get(0);

      assertThat(entry.path("retain").asBoolean()).isTrue();
      client.publish(topic, new byte[0], 1, true, new MqttProperties());
    }
  }

  @TestOnEachBroker
  void given_two_subscriptions_that_match_when_a_message_comes_then_it_is_recorded_once_for_each(
      BrokerUnderTest broker) throws Exception {
    String root = "fidelity/" + UUID.randomUUID();
    long brokerId = broker(broker);
    long wide = subscribe(brokerId, root + "/#", 1);
    long narrow = subscribe(brokerId, root + "/a", 1);
    try (MqttTestClient client = MqttTestClient.connect(broker.uri())) {
      client.publish(root + "/a", "both", 1);
      client.publish(root + "/b", "wide only", 1);
    }

    assertThat(awaitEntries(wide, 2)).hasSize(2);
    assertThat(awaitEntries(narrow, 1)).hasSize(1);
    assertThat(api.get("/history?brokerId=" + brokerId).json().path("items")).hasSize(3);
  }

  private long broker(BrokerUnderTest broker) {
    return api.create(
        "/brokers",
        Map.of("name", "b-" + UUID.randomUUID(), "host", broker.host(), "port", broker.port()));
  }

  private long subscribe(BrokerUnderTest broker, String filter, int qos) {
    return subscribe(broker(broker), filter, qos);
  }

  private long subscribe(long brokerId, String filter, int qos) {
    long id =
        api.create("/subscriptions", Map.of("brokerId", brokerId, "topic", filter, "qos", qos));
    api.post("/subscriptions/%d/subscribe".formatted(id)).expect(200);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        api.get("/subscriptions/" + id).json().path("subscriptionStatus").asText())
                    .isEqualTo("subscribed"));
    return id;
  }

  private List<JsonNode> awaitEntries(long subscription, int count) {
    String path = "/history?limit=100&subscriptionId=" + subscription;
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> api.get(path).json().path("items").size() >= count);
    JsonNode items = api.get(path).json().path("items");
    return List.copyOf(items.findParents("displayName"));
  }
}
