package org.mqttintegration.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.Certificates;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.Ports;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.TlsFront;

/** A broker is changed, lost and found again, and its story tells so, also to who follows it. */
@InProcessOfItsOwn
class StoryIT {

  private static final String STARTTLS = "starttls";
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String PASSWORD = "story-canary-password";
  private static final String MAILER = "mailer";
  private static final String MAIL_PASSWORD = "mail-canary-password";

  @TempDir static Path folder;
  private static Certificates certificates;

  private final int smtp = Ports.free();
  private GreenMail mail;
  private TlsFront front;
  private Mosquitto mosquitto;
  private ApplicationProcess application;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates =
        new Certificates(folder)
            .authority("ca")
            .signed("mail", "ca", "EC", "-ext", "san=ip:127.0.0.1");
    certificates.writeTrustStore("ca", folder.resolve("trust.p12"));
  }

  @BeforeEach
  void start(TestInfo test) throws Exception {
    Parts.ran(StoryIT.class, Part.MOSQUITTO);
    mosquitto = Mosquitto.launch();
    boolean startTls = test.getTags().contains(STARTTLS);
    front = new TlsFront(certificates.server("mail"), startTls, smtp);
    application =
        ApplicationProcess.alone(
                "--mqtt-integration.mqtt.reconnect-delay-max=1s",
                "--mqtt-integration.activity.outage-after=2s",
                "--mqtt-integration.activity.collect=200ms",
                "--mqtt-integration.activity.digest=2s",
                "--mqtt-integration.activity.retry-delay=300ms",
                "--mqtt-integration.activity.retry-delay-max=1s",
                "--mqtt-integration.activity.mail.host=127.0.0.1",
                "--mqtt-integration.activity.mail.port=" + front.port(),
                "--mqtt-integration.activity.mail.security=" + (startTls ? "starttls" : "tls"),
                "--mqtt-integration.activity.mail.username=" + MAILER,
                "--mqtt-integration.activity.mail.from=mqtt@example.org")
            .with("MQTT_INTEGRATION_ACTIVITY_MAIL_PASSWORD", MAIL_PASSWORD)
            .with(
                "JDK_JAVA_OPTIONS",
                "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=changeit"
                    .formatted(folder.resolve("trust.p12")));
    application.start();
  }

  @AfterEach
  void stop() throws Exception {
    application.close();
    front.close();
    mosquitto.close();
    if (mail != null) {
      mail.stop();
    }
  }

  private void startMail(String password) {
    mail = new GreenMail(new ServerSetup(smtp, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    mail.setUser(MAILER, password);
  }

  @Test
  void given_a_broker_when_changed_lost_and_found_then_its_thread_tells_it_in_order_and_one_mail() {
    startMail(MAIL_PASSWORD);
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
    assertThat(headers("Subject")).containsExactly("broker Story: lost");
    assertThat(api.get("/audit/export").expect(200).text())
        .contains("\"password\"")
        .doesNotContain(PASSWORD);
  }

  @Test
  @Tag(STARTTLS)
  void
      given_an_outage_when_killed_and_the_mail_server_away_or_refusing_then_one_activity_and_no_mail_lost()
          throws Exception {
    RestApi api = application.api();
    long broker = broker(api);
    awaitEvents(api, broker, "created", "connected");
    follow(api, broker);
    mosquitto.stop();
    long activity = awaitOutage(api, broker);
    await().atMost(LONG).until(() -> !follower(api, broker).path("lastError").isNull());
    startMail("another password");
    await()
        .atMost(LONG)
        .until(() -> follower(api, broker).path("lastError").asText().contains("credentials"));
    assertThat(mail.getReceivedMessages()).isEmpty();

    application.kill();
    mail.setUser(MAILER, MAIL_PASSWORD);
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
    assertThat(headers("Message-ID")).doesNotHaveDuplicates();
    assertThat(front.inClear()).allMatch(said -> said.matches("EHLO .*|STARTTLS|QUIT"));
    assertThat(application.log())
        .anyMatch(line -> line.contains("follower not told"))
        .noneMatch(line -> line.contains(MAIL_PASSWORD));
    assertThat(events(api, broker))
        .containsSubsequence("lost", "activityOpened", "connected", "activityDone")
        .doesNotContain("notConnected")
        .containsOnlyOnce("lost");
  }

  @Test
  void
      given_a_user_when_mentioned_then_a_mail_comes_to_the_user_and_who_created_it_is_responsible() {
    startMail(MAIL_PASSWORD);
    RestApi api = application.api();
    long broker = broker(api);
    api.create(
        "/users",
        Map.of(
            "name", "ann",
            "password", "battery staple 1",
            "mail", "ann@example.org",
            "role", "viewer"));

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
                "type", "mail",
                "target", "ops@example.org",
                "changes", false,
                "events", "warnings"))
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

  private List<String> headers(String name) {
    return Arrays.stream(mail.getReceivedMessages()).map(message -> header(message, name)).toList();
  }

  private static String header(MimeMessage message, String name) {
    try {
      return message.getHeader(name, null);
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
