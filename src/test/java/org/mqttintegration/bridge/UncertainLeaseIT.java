package org.mqttintegration.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.node.Lease;
import org.mqttintegration.node.Leases;
import org.mqttintegration.node.LeasesOfTests;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;

/** Routes whose lease is uncertain for a while, as when the database was away, and stays theirs. */
@IntegrationTest
class UncertainLeaseIT {

  private static final int MESSAGES = 20;

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired CamelContext camel;
  @Autowired Leases leases;

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private BridgeFixture bridge;

  @BeforeEach
  void aBridge() throws Exception {
    bridge = new BridgeFixture(api, brokers, local, camel, "uncertain");
  }

  @AfterEach
  void noBridge() throws Exception {
    bridge.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&durable=uncertain"})
  void given_messages_in_the_window_when_the_lease_is_uncertain_for_a_while_then_none_is_skipped(
      String durable) throws Exception {
    start(durable);
    for (int i = 0; i < MESSAGES; i++) {
      bridge.publish("a", Integer.toString(i));
    }
    await().until(() -> received.size() == 1);
    Lease lease = leases.held(Lease.ofRoute("uncertain")).orElseThrow();
    LeasesOfTests.setCertain(lease, false);
    first.countDown();
    await()
        .during(Duration.ofMillis(300))
        .until(() -> received.size() == 1); // nothing goes out meanwhile

    LeasesOfTests.setCertain(lease, true);

    await().until(() -> received.size() == MESSAGES);
    assertThat(received)
        .containsExactlyElementsOf(
            IntStream.range(0, MESSAGES).mapToObj(Integer::toString).toList());
  }

  private void start(String durable) throws Exception {
    bridge.route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("signal:receive?broker=uncertain" + durable)
                .routeId("uncertain")
                .routeConfigurationId(RouteFileRouteConfiguration.ID)
                .process(
                    exchange -> {
                      received.add(exchange.getMessage().getBody(String.class));
                      first.await();
                    });
          }
        });
  }
}
