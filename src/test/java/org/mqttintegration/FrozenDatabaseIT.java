package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.RestApi;

/** A database that takes connections and answers nothing, as a stopped process or a dying disk. */
@InProcessOfItsOwn
class FrozenDatabaseIT {

  private static final int MESSAGES = 50;

  private ApplicationProcess application;
  private Mosquitto mosquitto;
  private RestApi api;

  @BeforeEach
  void start() throws IOException {
    Assumptions.assumeTrue(Mosquitto.program().isPresent(), "no mosquitto on this machine");
    Parts.ran(FrozenDatabaseIT.class, Part.MOSQUITTO);
    mosquitto = Mosquitto.launch();
    application = ApplicationProcess.alone();
    application.start();
    api = application.api();
  }

  @AfterEach
  void end() throws InterruptedException {
    if (application != null) {
      application.close();
      mosquitto.close();
    }
  }

  @Test
  void given_a_frozen_database_when_messages_come_then_it_is_told_and_none_is_lost()
      throws Exception {
    long broker =
        api.create(
            "/brokers", Map.of("name", "frozen", "host", "127.0.0.1", "port", mosquitto.port()));
    long subscription =
        api.create("/subscriptions", Map.of("brokerId", broker, "topic", "frozen/#", "qos", 2));
    api.post("/subscriptions/%d/subscribe".formatted(subscription)).expect(200);
    JsonNode before = api.get("/brokers/" + broker).json();
    List<Long> server = databaseProcesses();
    try (MqttTestClient outside = MqttTestClient.connect(mosquitto.uri())) {
      signal("STOP", server);
      try {
        for (int i = 0; i < MESSAGES; i++) {
          outside.publish("frozen/" + i, "" + i, 1 + i % 2);
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(this::assertDown);
        String detail =
            api.get("/brokers")
                .expectProblem(503, "database-unavailable")
                .json()
                .path("detail")
                .asText();
        assertThat(detail).startsWith("Try again later");
      } finally {
        signal("CONT", server);
      }
    }

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(api.get("//actuator/health/readiness").status()).isEqualTo(200);
              assertThat(
                      api.get("/history?limit=500&subscriptionId=" + subscription)
                          .json()
                          .path("items"))
                  .hasSize(MESSAGES);
            });
    JsonNode after = api.get("/brokers/" + broker).json();
    assertThat(after.path("liveStatusSince")).isEqualTo(before.path("liveStatusSince"));
    assertThat(
            api.get("/subscriptions/%d/gaps".formatted(subscription)).json().path("total").asInt())
        .isZero();
  }

  private void assertDown() {
    RestApi.Answer readiness = api.get("//actuator/health/readiness");
    assertThat(readiness.status()).isEqualTo(503);
    JsonNode recording = readiness.json().path("components").path("recording");
    assertThat(recording.path("status").asText()).isEqualTo("DOWN");
    assertThat(recording.path("details").path("reason").asText()).isNotEmpty();
    assertThat(recording.path("details").path("waiting").asInt()).isEqualTo(MESSAGES);
  }

  private List<Long> databaseProcesses() throws IOException {
    try (Stream<Path> files = Files.walk(application.data())) {
      Path pidFile =
          files.filter(file -> file.endsWith("postmaster.pid")).findFirst().orElseThrow();
      ProcessHandle server =
          ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0).trim())).orElseThrow();
      return Stream.concat(Stream.of(server), server.descendants())
          .map(ProcessHandle::pid)
          .toList();
    }
  }

  private static void signal(String name, List<Long> processes) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of("kill", "-" + name), processes.stream().map(pid -> Long.toString(pid)))
            .toList();
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }
}
