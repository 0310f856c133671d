package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.BrokerUnderTest;
import org.mqttintegration.testing.HttpTarget;
import org.mqttintegration.testing.HttpTarget.Posted;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.NumberedStream;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Progress;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.TestOnEachBroker;

/**
 * The promise of durable routes: each message reaches the target, those of a topic in order,
 * whenever we are killed and however long the target is away.
 *
 * <p>{@code -Dbridge.kills=20}, {@code -Dbridge.outage-seconds=600
 * -Dbridge.messages-per-second=1000 -Dit.timeout=7200} make it as long as one likes.
 */
@InProcessOfItsOwn
class DurableBridgeIT {

  private static final int KILLS = Integer.getInteger("bridge.kills", 2);
  private static final int OUTAGE_SECONDS = Integer.getInteger("bridge.outage-seconds", 10);
  private static final int PER_SECOND = Integer.getInteger("bridge.messages-per-second", 300);
  private static final int TOPICS = 20;

  @TempDir Path routes;

  private final Random random = new Random();

  @TestOnEachBroker(Part.MOSQUITTO)
  void given_a_durable_bridge_when_killed_at_any_instant_then_each_message_reaches_the_target(
      BrokerUnderTest broker) throws Exception {
    try (HttpTarget target = new HttpTarget();
        ApplicationProcess application = application(target)) {
      application.start();
      subscribe(application.api(), broker);
      try (NumberedStream stream =
          new NumberedStream(broker.uri(), "bridged", PER_SECOND, TOPICS)) {
        for (int i = 0; i < KILLS; i++) {
          Progress.await(stream::accepted, stream.accepted() + random.nextInt(3 * PER_SECOND));
          application.kill();
          application.start();
        }
        Progress.await(stream::accepted, stream.accepted() + PER_SECOND);
        int messages = stream.stop();
        awaitAll(target, messages);
        assertInOrder(target);
        System.out.printf(
            "bridge kills=%d messages=%d posted=%d%n", KILLS, messages, target.count());
      }
    }
  }

  @TestOnEachBroker(Part.MOSQUITTO)
  void given_a_target_that_is_away_when_it_comes_back_then_all_arrive_and_recording_went_on(
      BrokerUnderTest broker) throws Exception {
    try (HttpTarget target = new HttpTarget();
        ApplicationProcess application = application(target)) {
      application.start();
      RestApi api = application.api();
      subscribe(api, broker);
      try (NumberedStream stream =
          new NumberedStream(broker.uri(), "bridged", PER_SECOND, TOPICS)) {
        Progress.await(stream::accepted, PER_SECOND);
        String behindBefore = behind(api, stream, Math.min(OUTAGE_SECONDS, 60));
        target.goAway();
        String behindDuring = behind(api, stream, OUTAGE_SECONDS);
        int before = target.count();
        int accepted = stream.accepted();
        await().until(() -> newest(api) >= accepted); // while the target is away
        assertThat(api.get("/positions/bridged").expect(200).json().path("waitingFor").asText())
            .contains("The target is away");
        assertThat(target.count()).isEqualTo(before);

        target.comeBack();
        long begin = System.nanoTime();
        int messages = stream.stop();
        awaitAll(target, messages);
        assertInOrder(target);
        assertThat(api.get("/dead-letters").expect(200).json().path("items")).isEmpty();
        System.out.printf(
            "bridge outage_seconds=%d messages=%d posted=%d caught_up_seconds=%d%n"
                + "recording is behind the broker by, before: %s%n  target away: %s%n",
            OUTAGE_SECONDS,
            messages,
            target.count(),
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
            behindBefore,
            behindDuring);
      }
    }
  }

  private ApplicationProcess application(HttpTarget target) throws Exception {
    Files.writeString(
        routes.resolve("bridged.camel.yaml"),
        """
        - route:
            id: bridged
            description: Posts what is received
            from:
              uri: signal:receive
              parameters:
                broker: bridged
                topic: bridged/+/+
                durable: bridged
              steps:
                - to:
                    uri: http://127.0.0.1:%d/in
                    parameters:
                      httpMethod: POST
        """
            .formatted(target.port()));
    return new ApplicationProcess(
        "--mqtt-integration.embedded.mqtt.enabled=false",
        "--mqtt-integration.demonstration.enabled=false",
        "--mqtt-integration.route-files.directory=" + routes,
        "--mqtt-integration.bridge.redelivery-delay-max=2s");
  }

  private static void subscribe(RestApi api, BrokerUnderTest broker) {
    long id =
        api.create(
            "/brokers", Map.of("name", "bridged", "host", broker.host(), "port", broker.port()));
    api.subscribe(id, "bridged/#", 2);
  }

  /** How many messages recording is behind, seen each second while as many come as should. */
  private static String behind(RestApi api, NumberedStream stream, int seconds) {
    List<Integer> seen = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      Progress.await(stream::accepted, stream.accepted() + PER_SECOND);
      seen.add(stream.accepted() - newest(api));
    }
    seen.sort(null);
    return "median %d, p95 %d, most %d messages"
        .formatted(seen.get(seconds / 2), seen.get(seconds * 95 / 100), seen.get(seconds - 1));
  }

  /** The number of the newest message; publishers overtake each other by a few. */
  private static int newest(RestApi api) {
    return api.get("/history?limit=1").expect(200).json().at("/items/0/payload").asInt();
  }

  private static void awaitAll(HttpTarget target, int messages) {
    await()
        .atMost(Duration.ofMinutes(30))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              Set<String> bodies =
                  target.posted().stream().map(Posted::body).collect(Collectors.toSet());
              assertThat(
                      IntStream.range(0, messages).filter(i -> !bodies.contains(String.valueOf(i))))
                  .as("messages that did not reach the target")
                  .isEmpty();
            });
  }

  /** What came again aside, those of a topic come as the history has them. */
  private static void assertInOrder(HttpTarget target) {
    Map<String, Set<Long>> first = new HashMap<>();
    for (Posted post : target.posted()) {
      first.computeIfAbsent(post.topic(), topic -> new LinkedHashSet<>()).add(post.historyId());
    }
    assertThat(first).hasSize(2 * TOPICS);
    first.forEach((topic, ids) -> assertThat(List.copyOf(ids)).as(topic).isSorted());
  }
}
