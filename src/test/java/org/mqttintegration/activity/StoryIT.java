package org.mqttintegration.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.Ports;
import org.mqttintegration.testing.RestApi;

/** A broker is changed, lost and found again, and its story tells so, also to who follows it. */
@InProcessOfItsOwn
class StoryIT {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String PASSWORD = "story-canary-password";

  private final int smtp = Ports.free();
  private GreenMail mail;
  private Mosquitto mosquitto;
  private ApplicationProcess application;

  @BeforeEach
  void start() throws Exception {
    Parts.ran(StoryIT.class, Part.MOSQUITTO);
    mosquitto = Mosquitto.launch();
    application =
        ApplicationProcess.alone(
            "--mqtt-integration.mqtt.reconnect-delay-max=1s",
            "--mqtt-integration.activity.outage-after=2s",
            "--mqtt-integration.activity.collect=200ms",
            "--mqtt-integration.activity.digest=2s",
            "--mqtt-integration.activity.retry-delay=300ms",
            "--mqtt-integration.activity.retry-delay-max=1s",
            "--mqtt-integration.activity.mail.host=127.0.0.1",
            "--mqtt-integration.activity.mail.port=" + smtp,
            "--mqtt-integration.activity.mail.from=mqtt@example.org");
    application.start();
  }

  @AfterEach
  void stop() throws Exception {
    application.close();
    mosquitto.close();
    if (mail != null) {
      mail.stop();
    }
  }

  private void startMail() {
    mail = new GreenMail(new ServerSetup(smtp, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
  }

  @Test
  void given_a_broker_when_changed_lost_and_found_then_its_thread_tells_it_in_order_and_one_mail() {
    startMail();
    RestApi api = application.api();
    long broker = broker(api);
    awaitEvents(api, broker, "created", "connected");
    follow(api, broker);

    api.patch("/brokers/" + broker, Map.of("host", "localhost", "password", PASSWORD)).expect(200);
    awaitEvents(api, broker, "created", "connected", "followerAdded", "changed", "connected");
    mosquitto.stop();
    long activity = awaitOutage(api, broker);
    assertThat(activity(api, activity).path("state").asText()).isEqualTo("today");
    startMosquitto();

    awaitEvents(
        api,
        broker,
        "created",
        "connected",
        "followerAdded",
        "changed",
        "connected",
        "lost",
        "activityOpened",
        "connected",
        "activityDone");
    List<JsonNode> story = thread(api, broker);
    JsonNode change = story.get(3);
    assertThat(change.path("actor").asText()).isEqualTo(story.get(0).path("actor").asText());
    assertThat(change.path("changes").toString())
        .isEqualTo(
            "[{\"field\":\"host\",\"old\":\"127.0.0.1\",\"new\":\"localhost\",\"hidden\":false},"
                + "{\"field\":\"password\",\"old\":null,\"new\":null,\"hidden\":true}]");
    assertThat(story.get(5).path("text").asText()).isNotBlank();
    assertThat(activity(api, activity).path("feedback").asText()).startsWith("Connected again");
    await().atMost(LONG).until(() -> mail.getReceivedMessages().length > 0);
    await().during(Duration.ofSeconds(3)).until(() -> mail.getReceivedMessages().length == 1);
    assertThat(subjects()).containsExactly("broker Story: lost");
    assertThat(api.get("/audit/export").expect(200).text())
        .contains("\"password\"")
        .doesNotContain(PASSWORD);
  }

  @Test
  void given_an_outage_when_killed_and_the_mail_server_away_then_one_activity_and_no_mail_lost()
      throws Exception {
    RestApi api = application.api();
    long broker = broker(api);
    awaitEvents(api, broker, "created", "connected");
    follow(api, broker);
    mosquitto.stop();
    long activity = awaitOutage(api, broker);
    await().atMost(LONG).until(() -> !follower(api, broker).path("lastError").isNull());

    application.kill();
    startMail();
    application.start();
    await().atMost(LONG).until(() -> mail.getReceivedMessages().length > 0);
    await()
        .atMost(LONG)
        .until(
            () ->
                follower(api, broker).path("lastError").isNull()
                    && follower(api, broker).path("waiting").asInt() == 0);
    startMosquitto();

    await().atMost(LONG).until(() -> activity(api, activity).path("state").asText().equals("done"));
    assertThat(api.get("/brokers/" + broker + "/activities").expect(200).json().path("items"))
        .hasSize(1);
    assertThat(ids()).doesNotHaveDuplicates();
    assertThat(events(api, broker))
        .containsSubsequence("lost", "activityOpened", "connected", "activityDone")
        .doesNotContain("notConnected")
        .containsOnlyOnce("lost");
  }

  @Test
  void
      given_a_user_when_mentioned_then_a_mail_comes_to_the_user_and_who_created_it_is_responsible() {
    startMail();
    RestApi api = application.api();
    long broker = broker(api);
    api.create(
        "/users",
        Map.of(
            "name",
            "ann",
            "password",
            "battery staple 1",
            "mail",
            "ann@example.org",
            "role",
            "viewer"));

    api.post(
            "/brokers/%d/thread".formatted(broker),
            Map.of("text", "@ann please look at this, and @nobody too"))
        .expect(201);

    await().atMost(LONG).until(() -> mail.getReceivedMessages().length > 0);
    await().during(Duration.ofSeconds(3)).until(() -> mail.getReceivedMessages().length == 1);
    assertThat(mail.getReceivedMessagesForDomain("ann@example.org")).hasSize(1);
    JsonNode note =
        thread(api, broker).stream()
            .filter(entry -> entry.path("kind").asText().equals("note"))
            .findFirst()
            .orElseThrow();
    assertThat(note.path("mentions").toString()).isEqualTo("[\"ann\"]");
    assertThat(note.path("actor").asText()).isEqualTo(RestApi.USER);
    assertThat(api.get("/brokers/%d/responsible".formatted(broker)).expect(200).text())
        .contains("\"%s\"".formatted(RestApi.USER));
  }

  private long broker(RestApi api) {
    return api.create(
        "/brokers", Map.of("name", "Story", "host", "127.0.0.1", "port", mosquitto.port()));
  }

  private static void follow(RestApi api, long broker) {
    api.post(
            "/brokers/%d/followers".formatted(broker),
            Map.of(
                "type",
                "mail",
                "target",
                "ops@example.org",
                "changes",
                false,
                "events",
                "warnings"))
        .expect(201);
  }

  private static JsonNode follower(RestApi api, long broker) {
    return api.get("/brokers/%d/followers".formatted(broker)).expect(200).json().at("/items/0");
  }

  private static long awaitOutage(RestApi api, long broker) {
    String path = "/brokers/%d/activities".formatted(broker);
    await().atMost(LONG).until(() -> !api.get(path).expect(200).json().path("items").isEmpty());
    JsonNode activity = api.get(path).json().at("/items/0");
    assertThat(activity.path("type").asText()).isEqualTo("outage");
    return activity.path("id").asLong();
  }

  private static JsonNode activity(RestApi api, long id) {
    return api.get("/activities/" + id).expect(200).json();
  }

  private void startMosquitto() {
    try {
      mosquitto.start();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Oldest first. */
  private static List<JsonNode> thread(RestApi api, long broker) {
    List<JsonNode> entries = new ArrayList<>();
    api.pages("/brokers/%d/thread?limit=5".formatted(broker), entries::add);
    Collections.reverse(entries);
    return entries;
  }

  private static List<String> events(RestApi api, long broker) {
    return thread(api, broker).stream().map(entry -> entry.path("event").asText()).toList();
  }

  private static void awaitEvents(RestApi api, long broker, String... events) {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(events(api, broker)).containsExactly(events));
  }

  private List<String> subjects() {
    return Arrays.stream(mail.getReceivedMessages()).map(StoryIT::subject).toList();
  }

  private static String subject(MimeMessage message) {
    try {
      return message.getSubject();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> ids() {
    return Arrays.stream(mail.getReceivedMessages()).map(StoryIT::id).toList();
  }

  private static String id(MimeMessage message) {
    try {
      return message.getMessageID();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
