package org.mqttintegration.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.LocalBroker;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class FixturesIT {

  @Autowired RestApi api;
  @Autowired LocalBroker broker;

  @Test
  void given_the_shared_application_when_asked_then_it_answers_and_its_broker_carries_messages()
      throws Exception {
    assertThat(api.get("//no-such-page").status()).isEqualTo(404);
    try (MqttTestClient client = MqttTestClient.connect(broker.uri())) {
      client.subscribe("fixtures/#", 1).publish("fixtures/a", "x", 1);
      assertThat(client.await(1)).singleElement().extracting(r -> r.text()).isEqualTo("x");
    }
  }

  @TestOnEachBroker
  void given_a_broker_when_a_message_is_published_then_a_subscriber_gets_it(BrokerUnderTest broker)
      throws Exception {
    try (MqttTestClient client = MqttTestClient.connect(broker.uri())) {
      client.subscribe("fixtures/#", 2).publish("fixtures/b", "y", 2);
      assertThat(client.await(1)).singleElement().extracting(r -> r.text()).isEqualTo("y");
    }
  }
}
