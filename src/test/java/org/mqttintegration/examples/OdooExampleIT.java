package org.mqttintegration.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mqttintegration.examples.OdooPeer.Call;
import org.mqttintegration.testing.MqttTestClient;

/** The example odoo-jsonrpc. */
@ExtendWith(Examples.class)
class OdooExampleIT {

  private final ExampleApplication application;

  OdooExampleIT(ExampleApplication application) {
    this.application = application;
  }

  @Test
  void given_odoo_jsonrpc_when_an_alarm_and_a_note_come_then_odoo_has_them() throws Exception {
    try (MqttTestClient mqtt = application.mqtt()) {
      mqtt.publish("machines/12/alarm", "Bearing \"A\" is hot", 1);
      mqtt.publish("machines/13/note", "Oil changed", 1);
    }

    assertThat(call("create"))
        .satisfies(
            call -> {
              assertThat(call.model()).isEqualTo("maintenance.request");
              assertThat(call.arguments()).hasSize(1);
              assertThat(call.arguments().get(0).path("equipment_id").asInt()).isEqualTo(12);
              assertThat(call.arguments().get(0).path("name").asText())
                  .isEqualTo("Alarm of machine 12");
              assertThat(call.arguments().get(0).path("description").asText())
                  .matches("Bearing \"A\" is hot \\(message \\d+\\)");
            });
    assertThat(call("message_post"))
        .satisfies(
            call -> {
              assertThat(call.model()).isEqualTo("maintenance.equipment");
              assertThat(call.arguments().toString()).isEqualTo("[[13]]");
              assertThat(call.keywords().path("body").asText()).isEqualTo("Oil changed");
            });
  }

  private Call call(String method) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                application.odoo.calls().stream()
                    .filter(call -> call.method().equals(method))
                    .toList(),
            calls -> !calls.isEmpty())
        .get(0);
  }
}
