package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.BrokerUnderTest;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.TestOnEachBroker;

/**
 * The promise of the history: a message that the broker was told we have is in it, whenever we are
 * killed.
 */
class KilledApplicationIT {

  private static final int MESSAGES = 20_000;

  /** Many, as each one waits for the broker's delayed acknowledgements (TCP) most of the time. */
  private static final int PUBLISHERS = 16;

  private static final int IN_FLIGHT = 10;

  @TestOnEachBroker
  void given_20000_qos1_messages_streaming_in_when_killed_and_started_again_then_none_is_missing(
      BrokerUnderTest broker) throws Exception {
    String topic = "killed/" + UUID.randomUUID();
    AtomicInteger published = new AtomicInteger();
    try (ApplicationProcess application =
        new ApplicationProcess(
            "--mqtt-integration.embedded.mqtt.enabled=false",
            "--mqtt-integration.demonstration.enabled=false",
            "--mqtt-integration.route-files.directory=target/no-routes")) {
      application.start();
      RestApi api = application.api();
      long subscription = subscribe(api, broker, topic);
      CompletableFuture<Void> stream = publishAll(broker, topic, published);
      await().atMost(Duration.ofMinutes(4)).until(() -> published.get() > MESSAGES / 3);
      application.kill();
      await().atMost(Duration.ofMinutes(4)).until(() -> published.get() > MESSAGES * 2 / 3);

      application.start();

      stream.join();
      await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(missing(api, subscription).stream())
                      .as("messages that are not in the history")
                      .isEmpty());
    }
  }

  private static long subscribe(RestApi api, BrokerUnderTest broker, String topic) {
    long brokerId =
        api.create(
            "/brokers", Map.of("name", "kill", "host", broker.host(), "port", broker.port()));
    long subscription =
        api.create("/subscriptions", Map.of("brokerId", brokerId, "topic", topic, "qos", 1));
    api.post("/subscriptions/%d/subscribe".formatted(subscription)).expect(200);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> api.get("/subscriptions/" + subscription).json().path("subscribed").asBoolean());
    return subscription;
  }

  private static CompletableFuture<Void> publishAll(
      BrokerUnderTest broker, String topic, AtomicInteger published) {
    return CompletableFuture.allOf(
        IntStream.range(0, PUBLISHERS)
            .mapToObj(
                first ->
                    CompletableFuture.runAsync(
                        () -> publish(broker, topic, first, published),
                        task -> new Thread(task, "publisher").start()))
            .toArray(CompletableFuture[]::new));
  }

  /** Publishes every message whose number leaves {@code first} when divided by the publishers. */
  private static void publish(
      BrokerUnderTest broker, String topic, int first, AtomicInteger published) {
    try (MqttTestClient client = MqttTestClient.connect(broker.uri())) {
      Deque<IMqttToken> inFlight = new ArrayDeque<>();
      for (int i = first; i < MESSAGES; i += PUBLISHERS) {
        if (inFlight.size() == IN_FLIGHT) {
          awaitAcceptance(inFlight.remove());
          published.incrementAndGet();
        }
        byte[] payload = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
        inFlight.add(client.publishAsync(topic, payload, 1, false, new MqttProperties()));
      }
      for (IMqttToken last : inFlight) {
        awaitAcceptance(last);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Paho takes a PUBACK that refuses for a success. */
  private static void awaitAcceptance(IMqttToken publish) throws MqttException {
    publish.waitForCompletion(60_000);
    assertThat(publish.getReasonCodes()).as("reason codes of PUBACK").containsOnly(0);
  }

  /** The numbers of the messages that the history has not. */
  private static BitSet missing(RestApi api, long subscription) {
    BitSet numbers = new BitSet(MESSAGES);
    numbers.set(0, MESSAGES);
    String cursor = null;
    do {
      String path = "/history?limit=500&subscriptionId=" + subscription;
      JsonNode page = api.get(cursor == null ? path : path + "&cursor=" + cursor).json();
      page.path("items").forEach(entry -> numbers.clear(entry.path("payload").asInt()));
      cursor = page.path("nextCursor").asText(null);
    } while (cursor != null);
    return numbers;
  }
}
