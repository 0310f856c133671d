package org.mqttintegration.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.postgresql.Driver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/**
 * A target that must not be connected to is not one that is away, in each component that we ship.
 */
@IntegrationTest
class RefusedTargetIT {

  private static final String METADATA =
      "169.254.169.254:%d must not be connected to: mqtt-integration.outbound.deny has 169.254.0.0/16";

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired CamelContext camel;
  @Autowired DeadLetters deadLetters;
  @Autowired Receptions receptions;
  @Autowired JdbcConnectionDetails database;

  private BridgeFixture bridge;

  @BeforeEach
  void aBridge() throws Exception {
    bridge = new BridgeFixture(api, brokers, local, camel, "refused");
  }

  @AfterEach
  void noBridge() throws Exception {
    bridge.close();
    deadLetters.deleteAll("refused");
  }

  @Test
  void given_a_metadata_address_when_http_would_call_it_then_the_message_is_a_dead_letter()
      throws Exception {
    assertRefused("http://169.254.169.254/latest/meta-data", METADATA.formatted(80));
  }

  @Test
  void given_a_metadata_address_when_https_would_call_it_then_the_message_is_a_dead_letter()
      throws Exception {
    assertRefused("https://169.254.169.254/latest/meta-data", METADATA.formatted(443));
  }

  @Test
  void given_a_metadata_address_when_mail_would_go_there_then_the_message_is_a_dead_letter()
      throws Exception {
    assertRefused("smtp://169.254.169.254?to=a@example.org", METADATA.formatted(25));
  }

  @Test
  void given_the_own_database_when_http_would_call_it_then_the_message_is_a_dead_letter()
      throws Exception {
    String port = Driver.parseURL(database.getJdbcUrl(), null).getProperty("PGPORT");

    assertRefused("http://localhost:" + port + "/", "it is the application's own database");
  }

  private void assertRefused(String uri, String reason) throws Exception {
    bridge.route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("signal:receive?broker=refused&durable=refused")
                .routeId("refused")
                .routeConfigurationId(RouteFileRouteConfiguration.ID)
                .to(uri);
          }
        });

    bridge.publish("a", "21.5");

    await().until(() -> !deadLetters.list("refused", null, 10).items().isEmpty());
    DeadLetter letter = deadLetters.list("refused", null, 10).items().get(0);
    assertThat(letter.message()).contains(reason);
    assertThat(deadLetters.get(letter.id()).body()).isEqualTo("21.5");
    await().until(() -> receptions.of("refused").position().equals(receptions.feed().end()));
  }
}
