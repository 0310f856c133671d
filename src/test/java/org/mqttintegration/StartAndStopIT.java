package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.RestApi;

/** The zero-setup start, its stop, and the next start. */
@InProcessOfItsOwn
class StartAndStopIT {

  @Test
  void given_a_first_start_when_stopped_and_started_again_then_it_ends_cleanly_and_finds_its_data()
      throws Exception {
    Parts.ran(StartAndStopIT.class, Part.EMBEDDED_POSTGRESQL);
    Parts.ran(StartAndStopIT.class, Part.ARTEMIS);
    try (ApplicationProcess application =
        new ApplicationProcess(
            "--mqtt-integration.embedded.mqtt.port=0",
            "--logging.level.org.mqttintegration=info")) {
      application.start();
      awaitReadyLines(application, 1);
      JsonNode brokers = application.api().get("/brokers").expect(200).json();
      assertThat(brokers.path("items"))
          .extracting(b -> b.path("name").asText())
          .containsExactly("Local broker");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(history(application)).isNotEmpty());
      JsonNode newest = history(application).get(0);

      assertThat(application.stop()).as("ended by SIGTERM").isEqualTo(143);

      assertThat(application.log())
          .noneMatch(line -> line.contains(" ERROR ") || line.contains("Exception"));
      assertThat(application.data().resolve("postgres/postmaster.pid")).doesNotExist();

      application.start();
      awaitReadyLines(application, 2);
      assertThat(port(application.api().get("/brokers").json())).isEqualTo(port(brokers));
      JsonNode kept = application.api().get("/history/" + newest.path("id").asLong()).json();
      assertThat(kept.path("payload")).isEqualTo(newest.path("payload"));
      assertAnsweredAtStop(application);
    }
  }

  /** A request that waits for what another start will send. */
  private static void assertAnsweredAtStop(ApplicationProcess application) throws Exception {
    RestApi api = application.api();
    long away = api.broker("away", 1, Map.of());
    CompletableFuture<RestApi.Answer> waiting =
        CompletableFuture.supplyAsync(
            () ->
                api.send(
                    "POST",
                    "/sends",
                    Map.of("brokerId", away, "topic", "away", "payload", "x"),
                    Map.of("Content-Type", "application/json", "Prefer", "wait=60")));
    await()
        .until(
            () -> !api.get("/sends?brokerId=" + away).expect(200).json().path("items").isEmpty());

    assertThat(application.stop()).isEqualTo(143);

    assertThat(waiting.join().expect(202).json().path("status").asText()).isEqualTo("queued");
  }

  /** The lines that say where everything is, once for each start. */
  private static void awaitReadyLines(ApplicationProcess application, int starts) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              List<String> ready =
                  application.log().stream()
                      .filter(line -> line.contains("StartupReport ready "))
                      .toList();
              assertThat(ready).hasSize(2 * starts);
              assertThat(ready.get(2 * starts - 1))
                  .contains("console=http://127.0.0.1:" + application.port() + "/ ")
                  .contains("api=http://127.0.0.1:" + application.port() + "/api/v1 ")
                  .contains("docs=http://127.0.0.1:" + application.port() + "/swagger-ui/");
              assertThat(ready.get(2 * starts - 2))
                  .contains("mqtt=mqtt://127.0.0.1:")
                  .contains("database=jdbc:postgresql://localhost:");
            });
  }

  private static JsonNode history(ApplicationProcess application) {
    return application.api().get("/history?direction=receive").expect(200).json().path("items");
  }

  private static int port(JsonNode brokers) {
    assertThat(brokers.path("items")).hasSize(1);
    return brokers.path("items").get(0).path("port").asInt();
  }
}
