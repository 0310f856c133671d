package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.RestApi;

/** What is no longer wanted is unsubscribed, whoever was away when it ended. */
@InProcessOfItsOwn
class EndedWhileAwayIT {

  @Test
  void given_a_broker_that_is_down_when_unsubscribed_and_killed_then_nothing_arrives_afterwards()
      throws Exception {
    Assumptions.assumeTrue(Mosquitto.program().isPresent(), "no mosquitto on this machine");
    Parts.ran(EndedWhileAwayIT.class, Part.MOSQUITTO);
    try (Mosquitto mosquitto = Mosquitto.launch();
        ApplicationProcess application = ApplicationProcess.alone()) {
      application.start();
      RestApi api = application.api();
      long broker =
          api.create(
              "/brokers", Map.of("name", "away", "host", "127.0.0.1", "port", mosquitto.port()));
      long ended = subscribe(api, broker, "away/#");
      mosquitto.stop();
      api.post("/subscriptions/" + ended + "/unsubscribe").expect(200);
      application.kill();
      mosquitto.start();
      application.start();

      long wanted = subscribe(api, broker, "marker");

      try (MqttTestClient client = MqttTestClient.connect(mosquitto.uri())) {
        client.publish("away/a", "not wanted", 1).publish("marker", "wanted", 1);
      }
      await().until(() -> recorded(api, "subscriptionId=" + wanted) == 1);
      assertThat(recorded(api, "topic=away/%23")).isZero();
    }
  }

  private static long subscribe(RestApi api, long broker, String topic) {
    long id = api.create("/subscriptions", Map.of("brokerId", broker, "topic", topic, "qos", 1));
    api.post("/subscriptions/" + id + "/subscribe").expect(200);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> api.get("/subscriptions/" + id).json().path("subscribed").asBoolean());
    return id;
  }

  private static int recorded(RestApi api, String filter) {
    return api.get("/history?" + filter).expect(200).json().path("items").size();
  }
}
