package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.RestApi;

/** What the history says of the times in which messages may have been missed. */
@InProcessOfItsOwn
class GapsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration KEEPALIVE = Duration.ofSeconds(4);

  private static ApplicationProcess application;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(Mosquitto.program().isPresent(), "no mosquitto on this machine");
    Parts.ran(GapsIT.class, Part.MOSQUITTO);
    application = ApplicationProcess.alone();
    application.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (application != null) {
      application.close();
    }
  }

  @Test
  void given_a_session_that_is_resumed_when_the_broker_was_away_then_qos_0_may_be_missing()
      throws Exception {
    try (Mosquitto mosquitto = Mosquitto.launch()) {
      long subscription = subscribe(mosquitto, Map.of(), 1);
      Instant before = Instant.now();
      assertThat(gaps(subscription)).isEmpty();

      Instant stopped = Instant.now();
      mosquitto.stop();
      awaitGap(subscription, null);
      Instant started = Instant.now();
      mosquitto.start();
      JsonNode gap = awaitGap(subscription, "disconnected");

      assertThat(gap.path("affects").asText()).isEqualTo("qos0");
      assertThat(time(gap, "from")).isBefore(Instant.now()).isBeforeOrEqualTo(started);
      assertThat(time(gap, "from")).isAfter(stopped.minusSeconds(60));
      assertThat(time(gap, "to")).isAfterOrEqualTo(started);
      assertThat(isComplete(subscription, null, null)).isFalse();
      assertThat(isComplete(subscription, time(gap, "to").plusMillis(1), null)).isTrue();
      assertThat(isComplete(subscription, null, before.minusSeconds(3600))).isTrue();
    }
  }

  @Test
  void given_a_session_that_is_not_kept_when_the_broker_was_away_then_all_may_be_missing()
      throws Exception {
    try (Mosquitto mosquitto = Mosquitto.launch()) {
      long persistent = subscribe(mosquitto, Map.of(), 1);
      long clean = subscribe(mosquitto, Map.of("cleanStart", true), 1);
      mosquitto.forget();

      assertThat(awaitGap(persistent, "sessionLost").path("affects").asText()).isEqualTo("all");
      assertThat(awaitGap(clean, "cleanStart").path("affects").asText()).isEqualTo("all");
    }
  }

  @Test
  void given_a_subscription_of_qos_0_when_the_broker_was_away_then_all_may_be_missing()
      throws Exception {
    try (Mosquitto mosquitto = Mosquitto.launch()) {
      long subscription = subscribe(mosquitto, Map.of(), 0);
      mosquitto.stop();
      mosquitto.start();

      assertThat(awaitGap(subscription, "disconnected").path("affects").asText()).isEqualTo("all");
    }
  }

  @Test
  void given_the_application_is_killed_when_it_is_back_then_the_time_between_is_a_gap()
      throws Exception {
    try (Mosquitto mosquitto = Mosquitto.launch();
        Mosquitto other = Mosquitto.launch()) {
      long subscription = subscribe(mosquitto, Map.of(), 1);
      long away = subscribe(other, Map.of(), 1);
      long unsubscribed = subscribe(mosquitto, Map.of(), 1);
      application.api().post("/subscriptions/%d/unsubscribe".formatted(unsubscribed)).expect(200);
      other.stop();
      awaitGap(away, null); // and what was before it is stored too

      application.kill();
      Instant killed = Instant.now();
      application.start();
      JsonNode gap = awaitGap(subscription, "applicationDown");

      assertThat(gap.path("affects").asText()).isEqualTo("qos0");
      assertThat(time(gap, "from")).isBefore(killed).isAfter(killed.minusSeconds(70));
      assertThat(time(gap, "to")).isAfter(killed);
      assertThat(gaps(unsubscribed)).as("nobody asked for its messages").isEmpty();
    }
  }

  @Test
  void given_a_broker_that_is_frozen_when_it_goes_on_then_only_the_gap_tells() throws Exception {
    try (Mosquitto mosquitto = Mosquitto.launch();
        MqttTestClient outside = MqttTestClient.connect(mosquitto.uri())) {
      long subscription =
          subscribe(mosquitto, Map.of("keepalive", KEEPALIVE.toSeconds(), "connectTimeout", 1), 2);
      outside.publish("gaps/1", "before", 1).publish("gaps/2", "before", 2);

      Instant frozen = Instant.now();
      mosquitto.freeze();
      Instant noticed = awaitLiveStatus(subscription, "connecting");
      List<IMqttToken> during =
          List.of(publishAsync(outside, "during", 1), publishAsync(outside, "during", 2));
      Instant thawed = Instant.now();
      mosquitto.thaw();
      for (IMqttToken token : during) {
        token.waitForCompletion(PATIENCE.toMillis());
      }
      JsonNode gap = awaitGap(subscription, "disconnected");
      outside.publish("gaps/1", "after", 1).publish("gaps/2", "after", 2);

      assertThat(noticed).isBefore(frozen.plus(KEEPALIVE.multipliedBy(2)));
      assertThat(time(gap, "from")).isBetween(frozen.minus(KEEPALIVE), frozen);
      assertThat(time(gap, "to")).isAfter(thawed);
      awaitLiveStatus(subscription, "connected");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(texts(subscription))
                      .containsOnly(
                          "1 before", "2 before", "1 during", "2 during", "1 after", "2 after")
                      .filteredOn(text -> text.startsWith("2"))
                      .hasSize(3));
    }
  }

  @Test
  void given_a_subscription_that_is_not_there_when_its_gaps_are_asked_for_then_it_is_not_found() {
    application.api().get("/subscriptions/4711/gaps").expectProblem(404, "not-found");
  }

  private static long subscribe(Mosquitto mosquitto, Map<String, Object> options, int qos) {
    RestApi api = application.api();
    Map<String, Object> request = new HashMap<>(options);
    request.put("name", "gaps " + System.nanoTime());
    request.put("host", "127.0.0.1");
    request.put("port", mosquitto.port());
    long broker = api.create("/brokers", request);
    long id =
        api.create("/subscriptions", Map.of("brokerId", broker, "topic", "gaps/#", "qos", qos));
    api.post("/subscriptions/" + id + "/subscribe").expect(200);
    await()
        .atMost(PATIENCE)
        .until(() -> api.get("/subscriptions/" + id).json().path("subscribed").asBoolean());
    return id;
  }

  private static IMqttToken publishAsync(MqttTestClient client, String text, int qos)
      throws Exception {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return client.publishAsync("gaps/" + qos, payload, qos, false, new MqttProperties());
  }

  /** Waits for that status of the subscription's broker, and tells since when it is so. */
  private static Instant awaitLiveStatus(long subscription, String status) {
    RestApi api = application.api();
    long broker = api.get("/subscriptions/" + subscription).json().path("brokerId").asLong();
    await()
        .atMost(PATIENCE)
        .until(
            () -> api.get("/brokers/" + broker).json().path("liveStatus").asText().equals(status));
    return time(api.get("/brokers/" + broker).json(), "liveStatusSince");
  }

  /** The QoS and the payload of each message in the history. */
  private static List<String> texts(long subscription) {
    return StreamSupport.stream(
            application
                .api()
                .get("/history?subscriptionId=" + subscription)
                .json()
                .path("items")
                .spliterator(),
            false)
        .map(item -> item.path("qos").asText() + " " + item.path("payload").asText())
        .toList();
  }

  private static JsonNode gaps(long subscription) {
    return application
        .api()
        .get("/subscriptions/%d/gaps".formatted(subscription))
        .json()
        .path("items");
  }

  /** Waits for the one gap: that it is over with that cause, or that it lasts (null). */
  private static JsonNode awaitGap(long subscription, String cause) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              JsonNode gap = gaps(subscription).path(0);
              return cause == null
                  ? gap.has("to") && gap.path("to").isNull()
                  : gap.path("to").isTextual() && gap.path("cause").asText().equals(cause);
            });
    assertThat(gaps(subscription)).hasSize(1);
    return gaps(subscription).path(0);
  }

  private static boolean isComplete(long subscription, Instant from, Instant to) {
    String path = "/history?subscriptionId=" + subscription;
    path +=
        from == null ? "" : "&from=" + URLEncoder.encode(from.toString(), StandardCharsets.UTF_8);
    path += to == null ? "" : "&to=" + URLEncoder.encode(to.toString(), StandardCharsets.UTF_8);
    return application.api().get(path).expect(200).json().required("complete").asBoolean();
  }

  private static Instant time(JsonNode gap, String field) {
    return Instant.parse(gap.path(field).asText());
  }
}
