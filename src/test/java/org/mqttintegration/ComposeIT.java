package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.Compose;
import org.mqttintegration.testing.MainPath;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.Ports;
import org.mqttintegration.testing.RestApi;

/** The compose file with the runnable jar. */
class ComposeIT {

  @Test
  void given_the_compose_file_when_brought_up_then_all_get_healthy_and_a_message_travels_through()
      throws Exception {
    String reason =
        Files.exists(Path.of("target/mqtt-integration.jar"))
            ? Compose.reasonAgainst()
            : "the jar is not packaged";
    if (!reason.isEmpty()) {
      Parts.skipped(ComposeIT.class, Part.COMPOSE, reason);
      abort(reason);
    }
    Parts.ran(ComposeIT.class, Part.COMPOSE);
    int port = Ports.free();
    Compose compose =
        new Compose(
            Map.of(
                "POSTGRES_PASSWORD",
                "only-for-this-test",
                "ADMIN_PASSWORD",
                RestApi.PASSWORD,
                "HTTP_PORT",
                String.valueOf(port),
                "MQTT_PORT",
                String.valueOf(Ports.free())));
    try {
      compose.up();
      awaitHealth(compose);
      new MainPath(new RestApi(() -> port, new ObjectMapper()), "mosquitto", 1883).walk();
    } catch (Throwable e) {
      System.out.println(compose.logs());
      throw e;
    } finally {
      compose.down();
    }
  }

  private static void awaitHealth(Compose compose) {
    for (String service : new String[] {"postgres", "mosquitto", "mqtt-integration"}) {
      Awaitility.await(service)
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() -> assertThat(compose.health(service)).isEqualTo("healthy"));
    }
  }
}
