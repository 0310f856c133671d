package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mqttintegration.TwoNodes.PATIENCE;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.NumberedSends;
import org.mqttintegration.testing.NumberedStream;
import org.mqttintegration.testing.Progress;
import org.mqttintegration.testing.RestApi;

/**
 * Messages that come in on the connections of all brokers, and sends that go out, while something
 * happens to the nodes; those at QoS 2 come to a shared subscription too.
 */
final class MessagesBothWays implements AutoCloseable {

  private static final int PER_SECOND = Integer.getInteger("nodes.messages-per-second", 500);
  private static final int EVERY_AT_QOS_2 = Integer.getInteger("nodes.every-at-qos-2", 2);
  private static final int SENDS_PER_SECOND = 20;

  private final TwoNodes nodes;
  private final RestApi api;
  private final List<Long> subscriptions = new ArrayList<>();
  private final long shared;
  private final MqttTestClient outside;
  private final NumberedStream stream;
  private final NumberedSends sends;
  private final Instant began;
  private final List<Instant> losses = new CopyOnWriteArrayList<>();

  /** Begins, and has some of them come and go. */
  MessagesBothWays(TwoNodes nodes) throws Exception {
    this.nodes = nodes;
    this.api = nodes.api();
    String topic = "nodes/" + UUID.randomUUID();
    for (long broker : nodes.brokerIds) {
      subscriptions.add(
          api.subscribe(broker, "%s/in/%d/#".formatted(topic, subscriptions.size()), 2));
    }
    shared = // comes to two connections, one on each node
        api.subscribe(
            Map.of(
                "brokerId", nodes.brokerId, "topic", topic + "/in/+/2", "qos", 2, "shared", true));
    String uri = nodes.mosquitto.uri();
    outside = MqttTestClient.connect(uri).subscribe(topic + "/out", 2);
    int topics = nodes.brokerIds.size();
    stream = new NumberedStream(uri, topic + "/in", PER_SECOND, topics, EVERY_AT_QOS_2);
    Map<String, Object> send =
        Map.of("brokerId", nodes.brokerId, "topic", topic + "/out", "qos", 2);
    sends = new NumberedSends(api, 2, SENDS_PER_SECOND, Integer.MAX_VALUE, number -> send);
    Progress.await(stream::accepted, 2 * PER_SECOND);
    began = Instant.now();
  }

  /** Waits until some more sends were accepted. */
  void awaitMoreSends() {
    Progress.await(sends::accepted, sends.accepted() + SENDS_PER_SECOND);
  }

  /**
   * Ends, and waits until each message is in the history, those of QoS 2 once, and each send was
   * received once by the one that it was for.
   */
  void awaitAllDone() {
    Progress.await(stream::accepted, stream.accepted() + 2 * PER_SECOND);
    int messages = stream.stop();
    List<NumberedSends.Accepted> sent = sends.stop();

    awaitAllRecorded(messages, number -> true, subscriptions);
    awaitAllRecorded(messages, this::isQos2, List.of(shared));
    System.out.printf(
        "nodes: %d messages, %d sends, longest pause of receiving %d ms%n",
        messages,
        sent.size(),
        subscriptions.stream().mapToLong(this::longestPause).max().orElse(0));
    List<String> payloads = sent.stream().map(send -> "" + send.number()).toList();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(outside.texts()).containsExactlyInAnyOrderElementsOf(payloads));
    sent.forEach(this::awaitDelivered);
  }

  private boolean isQos2(int number) {
    return stream.qos(number) == 2;
  }

  private void awaitAllRecorded(int messages, IntPredicate isFor, List<Long> places) {
    places.forEach(this::awaitNothingNew);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              int[] rows = new int[messages];
              for (long place : places) {
                api.history(place, entry -> rows[entry.path("payload").asInt()]++);
              }
              assertThat(IntStream.range(0, messages).filter(isFor).filter(i -> rows[i] == 0))
                  .as("messages that are not in the history")
                  .isEmpty();
              assertThat(IntStream.range(0, messages).filter(this::isQos2).filter(i -> rows[i] > 1))
                  .as("QoS 2 messages that are in it more than once")
                  .isEmpty();
            });
  }

  /** All is read at once then, and not again and again while the nodes still catch up. */
  private void awaitNothingNew(long subscription) {
    JsonNode[] before = {null};
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              JsonNode newest =
                  api.get("/history?limit=1&subscriptionId=" + subscription).expect(200).json();
              boolean same = newest.equals(before[0]);
              before[0] = newest;
              return same;
            });
  }

  private void awaitDelivered(NumberedSends.Accepted send) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .until(() -> nodes.status(send.id()).equals("delivered"));
  }

  /** Notes that a node is lost now, with what it has not recorded yet. */
  void lost() {
    losses.add(Instant.now());
  }

  /**
   * The longest time in which nothing was received on a connection, from a loss on if there was
   * one.
   */
  private long longestPause(long subscription) {
    long[] longest = {0};
    Instant[] later = {null};
    api.history(
        subscription,
        entry -> {
          Instant at = Instant.parse(entry.path("timestamp").asText());
          if (later[0] != null && !at.isBefore(began)) {
            Duration pause = Duration.between(lastLoss(at, later[0]), later[0]);
            longest[0] = Math.max(longest[0], pause.toMillis());
          }
          later[0] = at;
        });
    return longest[0];
  }

  private Instant lastLoss(Instant from, Instant to) {
    return losses.stream()
        .filter(loss -> loss.isAfter(from) && loss.isBefore(to))
        .max(Comparator.naturalOrder())
        .orElse(from);
  }

  @Override
  public void close() throws Exception {
    sends.close();
    stream.close();
    outside.close();
  }
}
