package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.mqttintegration.testing.BrokerUnderTest;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.NewDataDirectory;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.TestOnEachBroker;

/**
 * The promise of the history: a message that the broker was told we have is in it, whenever we are
 * killed.
 */
class KilledApplicationIT {

  private static final int MESSAGES = 20_000;
  private static final int IN_FLIGHT = 10;

  private final Path data = NewDataDirectory.create();
  private final int port = freePort();
  private final RestApi api = new RestApi(() -> port, new ObjectMapper());

  KilledApplicationIT() throws IOException {}

  @TestOnEachBroker
  void given_20000_qos1_messages_streaming_in_when_killed_and_started_again_then_none_is_missing(
      BrokerUnderTest broker) throws Exception {
    String topic = "killed/" + UUID.randomUUID();
    AtomicInteger published = new AtomicInteger();
    Process application = start();
    long subscription;
    CompletableFuture<Void> stream;
    try {
      subscription = subscribe(broker, topic);
      stream = CompletableFuture.runAsync(() -> publish(broker, topic, published));
      await().atMost(Duration.ofMinutes(1)).until(() -> published.get() > MESSAGES / 3);
    } finally {
      application.destroyForcibly().waitFor();
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> published.get() > MESSAGES * 2 / 3);

    Process again = start();
    try {
      stream.join();
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> assertThat(recorded(subscription).nextClearBit(0)).isEqualTo(MESSAGES));
    } finally {
      again.destroy();
      again.waitFor();
    }
  }

  private long subscribe(BrokerUnderTest broker, String topic) {
    long brokerId =
        api.create(
            "/brokers", Map.of("name", "kill", "host", broker.host(), "port", broker.port()));
    long subscription =
        api.create("/subscriptions", Map.of("brokerId", brokerId, "topic", topic, "qos", 1));
    api.post("/subscriptions/%d/subscribe".formatted(subscription)).expect(200);
    await()
        .until(
            () -> api.get("/subscriptions/" + subscription).json().path("subscribed").asBoolean());
    return subscription;
  }

  private static void publish(BrokerUnderTest broker, String topic, AtomicInteger published) {
    try (MqttTestClient client = MqttTestClient.connect(broker.uri())) {
      Deque<IMqttToken> inFlight = new ArrayDeque<>();
      for (int i = 0; i < MESSAGES; i++) {
        if (inFlight.size() == IN_FLIGHT) {
          inFlight.remove().waitForCompletion(30_000);
          published.incrementAndGet();
        }
        byte[] payload = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
        inFlight.add(client.publishAsync(topic, payload, 1, false, new MqttProperties()));
      }
      for (IMqttToken last : inFlight) {
        last.waitForCompletion(30_000);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The numbers of the messages that the history has. */
  private BitSet recorded(long subscription) {
    BitSet numbers = new BitSet(MESSAGES);
    String cursor = null;
    do {
      String path = "/history?limit=500&subscriptionId=" + subscription;
      JsonNode page = api.get(cursor == null ? path : path + "&cursor=" + cursor).json();
      page.path("items").forEach(entry -> numbers.set(entry.path("payload").asInt()));
      cursor = page.path("nextCursor").asText(null);
    } while (cursor != null);
    return numbers;
  }

  private Process start() throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-Dot.epg.working-dir=" + System.getProperty("ot.epg.working-dir"),
                "-cp",
                System.getProperty("java.class.path"),
                MqttIntegration.class.getName(),
                "--server.port=" + port,
                "--mqtt-integration.data-directory=" + data,
                "--mqtt-integration.embedded.mqtt.enabled=false",
                "--mqtt-integration.demonstration.enabled=false",
                "--mqtt-integration.route-files.directory=" + data.resolve("no-routes"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(data + "-application.log")))
            .start();
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(() -> api.get("//actuator/health/readiness").status() == 200);
    return process;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
