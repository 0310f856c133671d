package org.mqttintegration.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.BrokerRemoved;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.broker.Sharing;
import org.mqttintegration.broker.SharingChanged;
import org.mqttintegration.mqtt.EndpointUri;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.mqtt.SubscriptionOptions;
import org.mqttintegration.resource.ReplacedMqtt;
import org.mqttintegration.resource.TemplatedRoutes;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;

@CamelSpringBootTest
@SpringBootTest(classes = ActiveSubscriptionsTest.Context.class)
class ActiveSubscriptionsTest {

  private static final String FILTER = "${body}/{{secret}}/+/a?b=c&d=RAW(e)";

  @Autowired ActiveSubscriptions active;
  @Autowired SubscriptionRepository repository;
  @Autowired Brokers brokers;
  @Autowired ReplacedMqtt mqtt;
  @Autowired CamelContext camel;

  private final Map<Long, SubscriptionEntity> rows = new ConcurrentHashMap<>();

  @ImportAutoConfiguration(CamelAutoConfiguration.class)
  @Import({
    ActiveSubscriptions.class,
    Places.class,
    SubscriptionTemplate.class,
    TemplatedRoutes.class
  })
  static class Context {

    @Bean("paho-mqtt5-component")
    ReplacedMqtt mqtt() {
      return new ReplacedMqtt();
    }

    @Bean
    MqttConnections connections() {
      return mock(MqttConnections.class);
    }

    @Bean
    Brokers brokers() {
      return mock(Brokers.class);
    }

    @Bean
    SubscriptionRepository repository() {
      return mock(SubscriptionRepository.class);
    }

    @Bean
    RouteBuilder recording() {
      return new RouteBuilder() {
        @Override
        public void configure() {
          from("direct:recordReceived").routeId("recordReceived").to("mock:recorded");
        }
      };
    }
  }

  @BeforeEach
  void rows() {
    when(repository.findById(any()))
        .thenAnswer(call -> Optional.ofNullable(row(call.getArgument(0))));
  }

  @AfterEach
  void noRouteIsLeft() {
    List<Long> ids = List.copyOf(rows.keySet());
    rows.clear();
    ids.forEach(active::align);
    assertThat(mqtt.consumed()).isEmpty();
    assertThat(camel.getRoutes())
        .extracting(route -> route.getRouteId())
        .containsExactly("recordReceived");
    assertThat(((ModelCamelContext) camel).getRouteDefinitions()).hasSize(1);
  }

  @Test
  void given_a_wanted_subscription_when_aligned_then_its_route_records_what_it_receives()
      throws Exception {
    store(5, 3, FILTER, 1, true);
    active.align(5);
    String uri = uri("3", 5, FILTER, 1);
    assertThat(mqtt.consumed()).containsExactly(uri);
    assertThat(camel.getRoute("subscription-5").getDescription())
        .isEqualTo("Records what a broker sends for a subscription");
    Exchange exchange = mqtt.receive(uri, "x");
    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getProperty("brokerId")).isEqualTo(3L);
    assertThat(exchange.getProperty("subscriptionId")).isEqualTo(5L);
  }

  @Test
  void given_two_wanted_subscriptions_when_aligned_then_each_has_a_route_of_its_own()
      throws Exception {
    store(5, 3, "a", 0, true);
    store(6, 3, "b", 0, true);
    active.align(5);
    active.align(6);
    String second = uri("3", 6, "b", 0);
    assertThat(mqtt.consumed()).hasSize(2).contains(second);
    assertThat(mqtt.receive(second, "x").getProperty("subscriptionId")).isEqualTo(6L);
  }

  @Test
  void given_it_is_not_wanted_when_aligned_then_it_has_no_route() {
    store(5, 3, "a", 0, false);
    active.align(5);
    assertThat(mqtt.consumed()).isEmpty();
  }

  @Test
  void given_its_options_changed_when_aligned_then_its_route_is_swapped() {
    store(5, 3, "a", 0, true);
    active.align(5);
    store(5, 3, "b", 2, true);
    active.align(5);
    assertThat(mqtt.consumed()).containsExactly(uri("3", 5, "b", 2));
  }

  @Test
  void given_nothing_changed_when_aligned_then_its_route_stays() {
    store(5, 3, "a", 0, true);
    active.align(5);
    Object route = camel.getRoute("subscription-5");
    active.align(5);
    assertThat(camel.getRoute("subscription-5")).isSameAs(route);
    active.restart(5);
    assertThat(camel.getRoute("subscription-5")).isNotNull().isNotSameAs(route);
  }

  @Test
  void given_its_broker_is_gone_when_told_then_its_route_goes_and_others_stay() {
    store(5, 3, "a", 0, true);
    store(6, 4, "a", 0, true);
    active.align(5);
    active.align(6);
    rows.remove(5L);
    active.on(new BrokerRemoved(3));
    assertThat(mqtt.consumed()).containsExactly(uri("4", 6, "a", 0));
  }

  @Test
  void given_a_shared_subscription_when_aligned_then_it_has_a_route_on_each_connection_that_shares()
      throws Exception {
    store(5, 3, "a/#", 1, true).shared = true;
    share("3-1", "3-2");
    active.align(5);
    assertThat(mqtt.consumed())
        .containsExactlyInAnyOrder(
            uri("3-1", 5, "$share/c/a/#", 1), uri("3-2", 5, "$share/c/a/#", 1));
    Object first = camel.getRoute("subscription-5-1");
    share("3-1");
    active.on(new SharingChanged(3));
    assertThat(mqtt.consumed()).containsExactly(uri("3-1", 5, "$share/c/a/#", 1));
    assertThat(camel.getRoute("subscription-5-1")).isSameAs(first);
    assertThat(mqtt.receive(uri("3-1", 5, "$share/c/a/#", 1), "x").getProperty("subscriptionId"))
        .isEqualTo(5L);
  }

  private void share(String... connections) {
    when(brokers.sharing(3)).thenReturn(new Sharing("c", List.of(connections)));
  }

  @Test
  void given_wanted_subscriptions_when_the_application_starts_then_they_come_back_past_a_bad_one() {
    SubscriptionEntity bad = store(5, 3, "refused", 0, true);
    store(6, 3, "b", 0, true);
    store(7, 3, "c", 0, true);
    when(repository.findWanted()).thenAnswer(call -> wanted());
    mqtt.refuse(new Places(brokers).of(bad).get(0).endpointUri());
    active.alignAll();
    assertThat(mqtt.consumed()).containsExactlyInAnyOrder(uri("3", 6, "b", 0), uri("3", 7, "c", 0));
  }

  @Test
  void given_changes_while_the_application_starts_when_all_is_aligned_then_they_count() {
    store(5, 3, "a", 0, true);
    store(6, 3, "b", 0, true);
    store(7, 3, "c", 0, true);
    store(8, 3, "d", 0, true);
    when(repository.findWanted())
        .thenAnswer(
            call -> {
              List<SubscriptionEntity> read = wanted();
              store(6, 3, "b", 0, false); // comes too early to find a route
              active.align(6);
              store(7, 3, "changed", 0, true);
              active.align(7);
              rows.remove(8L);
              active.align(8);
              return read;
            })
        .thenAnswer(call -> wanted());
    active.alignAll();
    assertThat(mqtt.consumed())
        .containsExactlyInAnyOrder(uri("3", 5, "a", 0), uri("3", 7, "changed", 0));
  }

  @Test
  void given_the_database_goes_while_the_application_starts_then_what_was_read_has_its_routes() {
    store(5, 3, "a", 0, true);
    when(repository.findWanted())
        .thenAnswer(call -> wanted())
        .thenThrow(new DataAccessResourceFailureException("gone"));
    active.alignAll();
    assertThat(mqtt.consumed()).containsExactly(uri("3", 5, "a", 0));
  }

  @Test
  void given_concurrent_changes_when_all_are_done_then_the_route_is_that_of_the_last_state()
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> changes =
          IntStream.range(0, 40)
              .<Future<?>>mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            store(5, 3, "a" + i, 0, i % 2 == 0);
                            active.align(5);
                          }))
              .toList();
      for (Future<?> change : changes) {
        change.get();
      }
    } finally {
      threads.shutdownNow();
    }
    SubscriptionEntity last = rows.get(5L);
    if (last.wanted) {
      assertThat(mqtt.consumed())
          .containsExactly(
              ReplacedMqtt.normalized(new Places(brokers).of(last).get(0).endpointUri()));
    } else {
      assertThat(mqtt.consumed()).isEmpty();
    }
  }

  private static String uri(String key, int identifier, String filter, int qos) {
    return ReplacedMqtt.normalized(
        EndpointUri.subscription(
            key, new SubscriptionOptions(identifier, filter, qos, false, false, 0)));
  }

  private SubscriptionEntity store(long id, long brokerId, String topic, int qos, boolean wanted) {
    SubscriptionEntity row = new SubscriptionEntity();
    row.id = id;
    row.brokerId = brokerId;
    row.topic = topic;
    row.qos = qos;
    row.wanted = wanted;
    rows.put(id, row);
    return row;
  }

  private List<SubscriptionEntity> wanted() {
    return rows.values().stream().filter(row -> row.wanted).toList();
  }

  private SubscriptionEntity row(Long id) {
    return id == null ? null : rows.get(id); // null while it is stubbed
  }
}
