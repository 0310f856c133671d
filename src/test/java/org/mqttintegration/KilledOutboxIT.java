package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.BrokerUnderTest;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.MqttRelay;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.NumberedSends;
import org.mqttintegration.testing.NumberedSends.Accepted;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Progress;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.TestOnEachBroker;

/**
 * The promise of the outbox, counted: each send that was accepted has one outcome and one row of
 * the history, and one of QoS 2 reached who subscribed once; whenever we are killed.
 *
 * <p>{@code -Dkills=100 -Dsends=100000 -Dit.timeout=7200} makes it as long as one likes, {@code
 * -Dbrokers=all} takes every broker, and {@code -Dkills.seed} chooses the instants again.
 */
@InProcessOfItsOwn
class KilledOutboxIT {

  private static final int KILLS = Integer.getInteger("kills", 4);
  private static final int SENDS = Integer.getInteger("sends", 5_000);
  private static final long SEED = Long.getLong("kills.seed", System.nanoTime());
  private static final int CALLERS = 16;
  private static final int PER_SECOND = 500;

  /** Without a common divisor, so that each topic has each QoS. */
  private static final int TOPICS = 40;

  private static final int[] QOS = {2, 1, 2, 1, 2, 1, 0};

  /** Requests, most of them refused, until an application that was launched is at work. */
  private static final int TRIES_OF_A_START = 1_500;

  /** Of each packet, so that at any instant many are between any two steps of their handshake. */
  private static final Duration DELAY = Duration.ofMillis(10);

  private static final String END = "end";

  private final Random random = new Random(SEED);

  @TestOnEachBroker(Part.MOSQUITTO)
  void given_sends_when_killed_at_any_instant_then_each_has_one_outcome_and_qos_2_arrives_once(
      BrokerUnderTest broker) throws Exception {
    System.out.printf("killed outbox broker=%s seed=%d%n", broker, SEED);
    String topic = "outbox/" + UUID.randomUUID();
    try (ApplicationProcess application = ApplicationProcess.alone();
        MqttRelay relay = new MqttRelay(broker.port(), DELAY);
        MqttTestClient outside = subscriber(broker).subscribe(topic + "/#", 2)) {
      application.start();
      RestApi api = application.api();
      long brokerId =
          api.create("/brokers", Map.of("name", "kill", "host", "127.0.0.1", "port", relay.port()));
      try (NumberedSends sends =
          new NumberedSends(
              api, CALLERS, PER_SECOND, SENDS, number -> message(brokerId, topic, number))) {
        for (int kill = 0; kill < KILLS; kill++) {
          awaitInstant(kill, sends);
          application.kill();
          application.launch();
        }
        Progress.await(sends::accepted, SENDS);
        List<Accepted> accepted = sends.stop();

        Map<Long, JsonNode> listed = awaitOutcomes(api);
        assertOneOutcomeEach(accepted, listed);
        assertOneRowEach(api, accepted, listed);
        List<Integer> arrived = arrived(outside, topic);
        System.out.printf(
            "killed outbox broker=%s kills=%d requests=%d accepted=%d arrived=%s%n",
            broker, KILLS, sends.tries(), accepted.size(), arrivals(arrived));
        assertArrivals(arrived);
        assertInOrder(accepted, arrived);
      }
    }
  }

  private static MqttTestClient subscriber(BrokerUnderTest broker) throws MqttException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(3600L);
    return MqttTestClient.connect(broker.uri(), "subscriber-" + UUID.randomUUID(), options);
  }

  private static Map<String, Object> message(long brokerId, String topic, int number) {
    return Map.of("brokerId", brokerId, "topic", topic + "/" + topic(number), "qos", qos(number));
  }

  private static int topic(int number) {
    return number % TOPICS;
  }

  private static int qos(int number) {
    return QOS[number % QOS.length];
  }

  /** In turn, anywhere in its part of the sends, and while it starts or soon after. */
  private void awaitInstant(int kill, NumberedSends sends) {
    if (kill % 2 == 0) {
      Progress.await(sends::accepted, SENDS * kill / KILLS + random.nextInt(SENDS / KILLS));
    } else {
      Progress.await(sends::tries, sends.tries() + random.nextInt(TRIES_OF_A_START));
    }
  }

  /** All sends that there are, by id, when nothing more happens to them. */
  private static Map<Long, JsonNode> awaitOutcomes(RestApi api) {
    List<JsonNode> sends =
        await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(500))
            .until(
                () -> all(api, "/sends?limit=500"),
                all -> all.stream().noneMatch(KilledOutboxIT::waits));
    Map<Long, JsonNode> byId = new HashMap<>();
    sends.forEach(send -> byId.put(send.path("id").asLong(), send));
    assertThat(sends).as("sends, each listed once").hasSameSizeAs(byId.keySet());
    return byId;
  }

  private static boolean waits(JsonNode send) {
    return Set.of("queued", "sending").contains(send.path("status").asText());
  }

  private static List<JsonNode> all(RestApi api, String path) {
    List<JsonNode> all = new ArrayList<>();
    api.pages(path, all::add);
    return all;
  }

  private static void assertOneOutcomeEach(List<Accepted> accepted, Map<Long, JsonNode> listed) {
    assertThat(listed).as("sends").hasSize(SENDS);
    assertThat(accepted.stream().map(Accepted::number).distinct()).hasSize(SENDS);
    assertThat(accepted.stream().filter(send -> !listed.containsKey(send.id())))
        .as("sends that were accepted and are not there")
        .isEmpty();
    assertThat(
            accepted.stream()
                .filter(
                    send -> {
                      String sent = qos(send.number()) == 0 ? "handedOver" : "delivered";
                      return !listed.get(send.id()).path("status").asText().equals(sent);
                    })
                .map(send -> listed.get(send.id())))
        .as("sends that were not sent")
        .isEmpty();
  }

  private static void assertOneRowEach(
      RestApi api, List<Accepted> accepted, Map<Long, JsonNode> listed) {
    Map<Long, Integer> payloads = new HashMap<>();
    api.pages(
        "/history?limit=500",
        row -> payloads.put(row.path("id").asLong(), row.path("payload").asInt()));
    assertThat(
            accepted.stream()
                .filter(
                    send -> {
                      long row = listed.get(send.id()).path("historyId").asLong();
                      return !Integer.valueOf(send.number()).equals(payloads.get(row));
                    }))
        .as("sends whose row is not in the history")
        .isEmpty();
    assertThat(payloads).as("rows of the history").hasSize(SENDS);
  }

  /** What arrived, in order. All that was sent is in front of what is published now. */
  private static List<Integer> arrived(MqttTestClient outside, String topic) throws MqttException {
    outside.publish(topic + "/" + END, END, 2);
    await().atMost(Duration.ofMinutes(1)).until(() -> outside.texts().contains(END));
    return outside.received().stream()
        .map(MqttTestClient.Received::text)
        .filter(text -> !text.equals(END))
        .map(Integer::valueOf)
        .toList();
  }

  /** How many of a QoS arrived, and how often. */
  private static Map<String, Integer> arrivals(List<Integer> arrived) {
    Map<String, Integer> arrivals = new TreeMap<>();
    int[] times = times(arrived);
    for (int number = 0; number < SENDS; number++) {
      arrivals.merge("qos%d*%d".formatted(qos(number), times[number]), 1, Integer::sum);
    }
    return arrivals;
  }

  private static int[] times(List<Integer> arrived) {
    int[] times = new int[SENDS];
    arrived.forEach(number -> times[number]++);
    return times;
  }

  private static void assertArrivals(List<Integer> arrived) {
    int[] times = times(arrived);
    assertThat(IntStream.range(0, SENDS).filter(i -> qos(i) > 0 && times[i] == 0))
        .as("QoS 1 and 2 that did not arrive; seed %d", SEED)
        .isEmpty();
    assertThat(IntStream.range(0, SENDS).filter(i -> qos(i) == 2 && times[i] > 1))
        .as("QoS 2 that arrived more than once; seed %d", SEED)
        .isEmpty();
  }

  /** Of a caller, a topic and a QoS, what was accepted first arrived first. */
  private static void assertInOrder(List<Accepted> accepted, List<Integer> arrived) {
    List<Accepted> overtaken = new ArrayList<>();
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < arrived.size(); i++) {
      places.putIfAbsent(arrived.get(i), i);
    }
    Map<List<Integer>, Integer> latest = new HashMap<>();
    accepted.stream()
        .filter(send -> qos(send.number()) > 0)
        .sorted(Comparator.comparingLong(Accepted::id))
        .forEach(
            send -> {
              int place = places.get(send.number());
              if (latest.merge(lane(send), place, Math::max) > place) {
                overtaken.add(send);
              }
            });
    assertThat(overtaken).as("arrived after later ones; seed %d", SEED).isEmpty();
  }

  private static List<Integer> lane(Accepted send) {
    return List.of(send.caller(), topic(send.number()), qos(send.number()));
  }
}
