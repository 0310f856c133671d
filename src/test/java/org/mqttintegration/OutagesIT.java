package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.LastingStream;
import org.mqttintegration.testing.LastingStream.Accepted;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.MqttRelay;
import org.mqttintegration.testing.MqttRelay.Served;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.StoppablePostgres;

/**
 * The promises of the history while a stream of messages of QoS 0, 1 and 2 goes through a Mosquitto
 * that is stopped (SIGTERM) and started, connections of the application that are closed, reset, or
 * half-open, and a PostgreSQL that is stopped for a while. Afterwards:
 *
 * <ul>
 *   <li>Each message of QoS 1 and 2 that the broker accepted is in the history. One of QoS 2 is
 *       there once, unless its publisher had to publish it again, not knowing whether the broker
 *       had it: for the broker these are two messages. One of QoS 0 is there once at most.
 *   <li>A message of QoS 0 that the broker accepted and that is not in the history was published
 *       within a gap. When exactly the broker had it is known to lie between its publishing and the
 *       answer to the message behind it; that span must touch the gap. Those without such an answer
 *       do not count: the broker was stopped around them, and nobody knows whether it had them.
 *   <li>The bounds of the gaps are right: whenever the relay between broker and application passed
 *       nothing, from the cut to the next SUBACK, lies in a gap; and each gap begins at most a
 *       keepalive before such a time and ends at most a keepalive after it. While the database is
 *       away, and until what came meanwhile is caught up with, the application reads only what it
 *       has room for. It cannot tell what it did not read from what was lost: there a gap may be as
 *       wide as that.
 *   <li>The history is complete between two gaps, and not where a gap is.
 * </ul>
 *
 * <p>It is as long as one likes: {@code -Doutages.restarts=20 -Doutages.cuts=50
 * -Doutages.database-away-seconds=180 -Doutages.pause-seconds=8}. The order depends on {@code
 * -Doutages.seed}.
 */
@InProcessOfItsOwn
class OutagesIT {

  private static final int RESTARTS = Integer.getInteger("outages.restarts", 1);
  private static final int CUTS = Integer.getInteger("outages.cuts", 3);
  private static final int AWAY = Integer.getInteger("outages.database-away-seconds", 10);
  private static final int PER_SECOND = Integer.getInteger("outages.messages-per-second", 200);
  private static final int PAUSE_SECONDS = Integer.getInteger("outages.pause-seconds", 2);
  private static final long SEED = Long.getLong("outages.seed", System.nanoTime());
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /**
   * Above our Receive Maximum. Mosquitto 2.0 restores what is in flight up to this limit, 20 by
   * default; what is above, it publishes again, even a message of QoS 2 that it had a PUBREC for.
   */
  private static final String IN_FLIGHT = "max_inflight_messages 2000";

  /** As long as this nobody notices a half-open connection, at most twice. */
  private static final Duration KEEPALIVE = Duration.ofSeconds(5);

  @BeforeAll
  static void needMosquitto() {
    Assumptions.assumeTrue(Mosquitto.program().isPresent(), "no mosquitto on this machine");
    Parts.ran(OutagesIT.class, Part.MOSQUITTO);
  }

  @Test
  void given_outages_of_all_kinds_when_they_are_over_then_only_qos_0_is_missing_and_in_gaps()
      throws Exception {
    try (StoppablePostgres postgres = new StoppablePostgres();
        Mosquitto broker = Mosquitto.launch(IN_FLIGHT);
        MqttRelay relay = new MqttRelay(broker.port());
        ApplicationProcess application = newApplication(postgres)) {
      application.start();
      RestApi api = application.api();
      long subscription = subscribe(api, relay);
      try (LastingStream stream = new LastingStream(broker.uri(), "outages", PER_SECOND)) {
        IntSupplier newest = () -> newest(api, subscription);
        Served databaseAway =
            new Outages(broker, relay, postgres, stream, newest, new Random(SEED))
                .happen(RESTARTS, CUTS, AWAY, PAUSE_SECONDS * PER_SECOND);
        List<Accepted> messages = stream.stop();

        Map<Integer, Integer> rows = awaitAllRecorded(api, subscription, messages);
        List<LedgerGap> gaps = awaitGaps(api, subscription);
        report(messages, rows, gaps, stream.unknown());
        assertMissingAreInGaps(messages, rows, gaps);
        assertBoundsAreRight(gaps, relay.served(), databaseAway);
        assertCompleteBetween(api, subscription, gaps);
      }
    }
  }

  private static ApplicationProcess newApplication(StoppablePostgres postgres) throws Exception {
    return ApplicationProcess.alone(
        Stream.concat(
                Arrays.stream(postgres.settings()),
                Stream.of("--mqtt-integration.mqtt.reconnect-delay-max=2s"))
            .toArray(String[]::new));
  }

  private static long subscribe(RestApi api, MqttRelay relay) {
    long broker =
        api.create(
            "/brokers",
            Map.of(
                "name",
                "outages",
                "host",
                "127.0.0.1",
                "port",
                relay.port(),
                "keepalive",
                KEEPALIVE.toSeconds()));
    long id =
        api.create("/subscriptions", Map.of("brokerId", broker, "topic", "outages/#", "qos", 2));
    api.post("/subscriptions/%d/subscribe".formatted(id)).expect(200);
    await()
        .atMost(PATIENCE)
        .until(() -> api.get("/subscriptions/" + id).json().path("subscribed").asBoolean());
    return id;
  }

  /** How many rows the history has of each message, when all of QoS 1 and 2 are there. */
  private static Map<Integer, Integer> awaitAllRecorded(
      RestApi api, long subscription, List<Accepted> messages) {
    Map<Integer, Integer> rows = new HashMap<>();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(
            () -> {
              rows.clear();
              api.history(
                  subscription, item -> rows.merge(item.path("payload").asInt(), 1, Integer::sum));
              assertThat(messages)
                  .as("QoS 1 and 2 that are not in the history; seed %d", SEED)
                  .filteredOn(m -> m.qos() > 0 && !rows.containsKey(m.number()))
                  .isEmpty();
            });
    assertThat(messages)
        .as("in the history more than once; seed %d", SEED)
        .filteredOn(m -> m.qos() != 1 && m.tries() == 1 && rows.getOrDefault(m.number(), 0) > 1)
        .isEmpty();
    return rows;
  }

  private static int newest(RestApi api, long subscription) {
    JsonNode page = api.get("/history?limit=1&subscriptionId=" + subscription).expect(200).json();
    return page.path("items").path(0).path("payload").asInt();
  }

  /** The gaps in order, when all are over. */
  private static List<LedgerGap> awaitGaps(RestApi api, long subscription) {
    List<LedgerGap> gaps = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              JsonNode page =
                  api.get("/subscriptions/%d/gaps?size=200".formatted(subscription)).json();
              assertThat(page.path("total").asInt()).isLessThanOrEqualTo(200);
              gaps.clear();
              for (JsonNode gap : page.path("items")) {
                if (gap.path("to").isNull()) {
                  return false;
                }
                assertThat(gap.path("affects").asText()).isEqualTo("qos0");
                gaps.add(0, new LedgerGap(time(gap, "from"), time(gap, "to")));
              }
              return !gaps.isEmpty();
            });
    return gaps;
  }

  private static void assertMissingAreInGaps(
      List<Accepted> messages, Map<Integer, Integer> rows, List<LedgerGap> gaps) {
    assertThat(messages)
        .as("missing, and in no gap of %s; seed %d", gaps, SEED)
        .filteredOn(m -> !rows.containsKey(m.number()))
        .filteredOn(m -> gaps.stream().noneMatch(gap -> gap.touches(m.sent(), m.answered())))
        .isEmpty();
  }

  private static void assertBoundsAreRight(
      List<LedgerGap> gaps, List<Served> served, Served databaseAway) {
    List<Served> aways = new ArrayList<>();
    for (int i = 1; i < served.size(); i++) {
      aways.add(new Served(served.get(i - 1).to(), served.get(i).from()));
    }
    assertThat(aways)
        .as("nothing passed, and no gap of %s; seed %d", gaps, SEED)
        .allMatch(away -> gaps.stream().anyMatch(gap -> gap.covers(away)));
    assertThat(gaps)
        .as("gaps wider than what passed nothing: %s; seed %d", aways, SEED)
        .allMatch(
            gap -> {
              List<Served> within =
                  aways.stream().filter(away -> gap.touches(away.from(), away.to())).toList();
              return !within.isEmpty() && gap.isHardlyWiderThan(within, databaseAway, KEEPALIVE);
            });
  }

  private static void assertCompleteBetween(RestApi api, long subscription, List<LedgerGap> gaps) {
    for (int i = 0; i < gaps.size(); i++) {
      LedgerGap gap = gaps.get(i);
      assertThat(isComplete(api, subscription, gap.from(), gap.to())).isFalse();
      Instant after = gap.to().plusNanos(1_000);
      Instant next = i + 1 < gaps.size() ? gaps.get(i + 1).from() : after.plusSeconds(1);
      if (after.isBefore(next)) {
        assertThat(isComplete(api, subscription, after, next)).isTrue();
      }
    }
  }

  private static boolean isComplete(RestApi api, long subscription, Instant from, Instant to) {
    return api.get(
            "/history?limit=1&subscriptionId=%d&from=%s&to=%s"
                .formatted(subscription, encoded(from), encoded(to)))
        .expect(200)
        .json()
        .required("complete")
        .asBoolean();
  }

  private static void report(
      List<Accepted> messages, Map<Integer, Integer> rows, List<LedgerGap> gaps, int unknown) {
    List<Accepted> missing = messages.stream().filter(m -> !rows.containsKey(m.number())).toList();
    Duration inGaps =
        gaps.stream()
            .map(g -> Duration.between(g.from(), g.to()))
            .reduce(Duration.ZERO, Duration::plus);
    System.out.printf(
        "outages seed=%d restarts=%d cuts=%d databaseAway=%ds accepted=%s publishedAgain=%d "
            + "missing=%d missingSentInGap=%d qos0Unknown=%d gaps=%d inGaps=%ds%n",
        SEED,
        RESTARTS,
        CUTS,
        AWAY,
        Arrays.toString(new long[] {count(messages, 0), count(messages, 1), count(messages, 2)}),
        messages.stream().filter(m -> m.tries() > 1).count(),
        missing.size(),
        missing.stream()
            .filter(m -> gaps.stream().anyMatch(gap -> gap.touches(m.sent(), m.sent())))
            .count(),
        unknown,
        gaps.size(),
        inGaps.toSeconds());
  }

  private static long count(List<Accepted> messages, int qos) {
    return messages.stream().filter(m -> m.qos() == qos).count();
  }

  private static String encoded(Instant time) {
    return URLEncoder.encode(time.toString(), StandardCharsets.UTF_8);
  }

  private static Instant time(JsonNode gap, String field) {
    return Instant.parse(gap.path(field).asText());
  }
}
