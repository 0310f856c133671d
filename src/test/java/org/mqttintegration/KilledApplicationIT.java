package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.BrokerUnderTest;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.NumberedSends;
import org.mqttintegration.testing.NumberedStream;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Progress;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.TestOnEachBroker;

/**
 * The promises of the history: a message that the broker was told we have is in it, one of QoS 2
 * once; a send that a caller was told of has its outcome; whenever we are killed.
 *
 * <p>{@code -Dkills=100 -Dit.timeout=7200} makes it as long as one likes, {@code -Dbrokers=all}
 * takes every broker.
 */
@InProcessOfItsOwn
class KilledApplicationIT {

  private static final int KILLS = Integer.getInteger("kills", 2);
  private static final int PER_SECOND = Integer.getInteger("kills.messages-per-second", 250);

  private static final int SENDERS = 2;

  /** Each is a request: more of them, and two cores do not catch up with the stream. */
  private static final int SENDS_PER_SECOND = 10;

  /** Some of it in a rush, as what queued up meanwhile comes at once. */
  private static final int LEAST_MESSAGES = 10_000;

  private static final int MOST_QUEUED = 30_000;

  private final Random random = new Random();

  @TestOnEachBroker(Part.MOSQUITTO)
  void given_messages_of_qos_1_and_2_when_killed_at_any_instant_then_none_is_lost_and_qos_2_is_once(
      BrokerUnderTest broker) throws Exception {
    String topic = "killed/" + UUID.randomUUID();
    try (ApplicationProcess application = ApplicationProcess.alone()) {
      application.start();
      RestApi api = application.api();
      long brokerId = createBroker(api, broker);
      long subscription = api.subscribe(brokerId, topic + "/in/#", 2);
      try (MqttTestClient outside =
              MqttTestClient.connect(broker.uri()).subscribe(topic + "/out", 2);
          NumberedStream stream = new NumberedStream(broker.uri(), topic + "/in", PER_SECOND);
          NumberedSends sends =
              new NumberedSends(
                  api,
                  SENDERS,
                  SENDS_PER_SECOND,
                  Integer.MAX_VALUE,
                  number -> send(brokerId, topic + "/out", number))) {
        for (int i = 0; i < KILLS; i++) {
          killAtRandom(application, stream);
          awaitCaughtUp(api, subscription, stream);
        }
        Progress.await(stream::accepted, LEAST_MESSAGES);
        List<NumberedSends.Accepted> sent = sends.stop();
        int messages = stream.stop();

        awaitAllRecorded(api, subscription, messages);
        sent.forEach(send -> awaitDelivered(api, send.id()));
        List<String> payloads = sent.stream().map(send -> "" + send.number()).toList();
        await()
            .untilAsserted(
                () -> assertThat(outside.texts()).as("sends that got out").containsAll(payloads));
        assertThat(outside.received())
            .extracting(MqttTestClient.Received::text)
            .filteredOn(text -> qos(Integer.parseInt(text)) == 2)
            .as("QoS 2 sends, each once")
            .doesNotHaveDuplicates();
      }
    }
  }

  /** Kills it some messages later, at times while it starts; leaves it started. */
  private void killAtRandom(ApplicationProcess application, NumberedStream stream)
      throws Exception {
    Progress.await(stream::accepted, stream.accepted() + random.nextInt(2 * PER_SECOND));
    application.kill();
    if (random.nextInt(4) == 0) {
      application.launch();
      Progress.await(stream::accepted, stream.accepted() + random.nextInt(10 * PER_SECOND));
      application.kill();
    }
    application.start();
  }

  /**
   * A Mosquitto with more queued for a session than there are packet identifiers gives one to two
   * messages.
   */
  private static void awaitCaughtUp(RestApi api, long subscription, NumberedStream stream) {
    await()
        .atMost(Duration.ofMinutes(4))
        .pollDelay(Duration.ZERO)
        .until(() -> stream.accepted() - newest(api, subscription) < MOST_QUEUED);
  }

  private static int newest(RestApi api, long subscription) {
    return api.get("/history?limit=1&subscriptionId=" + subscription)
        .expect(200)
        .json()
        .path("items")
        .path(0)
        .path("payload")
        .asInt();
  }

  private static Map<String, Object> send(long brokerId, String topic, int number) {
    return Map.of("brokerId", brokerId, "topic", topic, "qos", qos(number));
  }

  private static int qos(int number) {
    return number % 2 == 0 ? 2 : 1;
  }

  private static long createBroker(RestApi api, BrokerUnderTest broker) {
    return api.create(
        "/brokers", Map.of("name", "kill", "host", broker.host(), "port", broker.port()));
  }

  private static void awaitAllRecorded(RestApi api, long subscription, int messages) {
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              int[] rows = rows(api, subscription, messages);
              assertThat(IntStream.range(0, messages).filter(i -> rows[i] == 0))
                  .as("messages that are not in the history")
                  .isEmpty();
              assertThat(IntStream.range(0, messages).filter(i -> i % 2 == 0 && rows[i] > 1))
                  .as("QoS 2 messages that are in it more than once")
                  .isEmpty();
            });
  }

  /**
   * What was accepted has its outcome, and its entry in the history; on a slow machine after some
   * attempts, whose delays grow.
   */
  private static void awaitDelivered(RestApi api, long id) {
    await()
        .atMost(Duration.ofMinutes(4))
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () -> {
              RestApi.Answer answer = api.get("/sends/" + id).expect(200);
              assertThat(answer.json().path("status").asText())
                  .as(answer.text())
                  .isEqualTo("delivered");
            });
    long history = api.get("/sends/" + id).json().path("historyId").asLong();
    api.get("/history/" + history).expect(200);
  }

  /** How many rows the history has of each message. */
  private static int[] rows(RestApi api, long subscription, int messages) {
    int[] rows = new int[messages];
    api.history(subscription, entry -> rows[entry.path("payload").asInt()]++);
    return rows;
  }
}
