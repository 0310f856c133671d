package org.mqttintegration.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import org.mqttintegration.history.SentRecorder;
import org.mqttintegration.mqtt.ConnectionOptions;
import org.mqttintegration.mqtt.EndpointUri;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.node.LeasesOfTests;
import org.mqttintegration.node.Notice;
import org.mqttintegration.node.Notices;
import org.mqttintegration.resource.PayloadEncoding;
import org.mqttintegration.resource.ReplacedMqtt;
import org.mqttintegration.resource.TemplatedRoutes;
import org.mqttintegration.secret.Secrets;
import org.springframework.context.ApplicationEventPublisher;

class BrokerConnectionsTest {

  private final BrokerRepository repository = mock(BrokerRepository.class);
  private final MqttConnections mqtt = mock(MqttConnections.class);
  private final ApplicationEventPublisher events = mock(ApplicationEventPublisher.class);
  private final TemplatedRoutes routes = mock(TemplatedRoutes.class);
  private final BrokerCredentials credentials = new BrokerCredentials(mock(Secrets.class));
  private final BrokerConnections connections =
      new BrokerConnections(
          repository,
          credentials,
          mqtt,
          routes,
          LeasesOfTests.all(),
          mock(SentRecorder.class),
          events);
  private final BrokerEntity row = new BrokerEntity();

  @BeforeEach
  void aBroker() {
    row.clientId = "c";
    row.apply(BrokerRequest.of("Hall", null, "localhost", null, "note"), false);
    row.id = 7L;
    when(repository.findById(7L)).thenReturn(Optional.of(row));
  }

  @Test
  void given_a_new_broker_when_aligned_then_unmatched_messages_have_a_route_before_it_connects() {
    connections.align(7);
    InOrder order = inOrder(routes, mqtt);
    order
        .verify(routes)
        .add(
            "unmatched",
            "unmatched-7",
            Map.of("endpointUri", EndpointUri.unmatched("7"), "brokerId", 7L));
    order.verify(mqtt).open(eq("7"), eq(row.options(Credentials.NONE)), any());
  }

  @Test
  void given_other_options_when_aligned_then_it_connects_anew_with_the_same_route() {
    connections.align(7);
    clearInvocations(routes, mqtt);
    row.keepalive = 5;
    connections.align(7);
    verify(mqtt).open(eq("7"), eq(row.options(Credentials.NONE)), any());
    verifyNoInteractions(routes);
  }

  @Test
  void
      given_connections_that_share_when_aligned_then_each_has_a_client_id_and_a_session_of_its_own() {
    row.sharedConnections = 2;
    row.will = new Will("plant/gone", "x", PayloadEncoding.UTF8, 1, false, 0);
    connections.align(7);
    verify(mqtt).open(eq("7"), eq(row.options(Credentials.NONE)), any());
    verify(mqtt)
        .open(eq("7-1"), argThat(one -> one.clientId().equals("c-1") && one.will() == null), any());
    verify(mqtt).open(eq("7-2"), argThat(one -> one.clientId().equals("c-2")), any());
    verify(routes).add(eq("unmatched"), eq("unmatched-7-2"), any());
  }

  @Test
  void given_fewer_connections_share_when_aligned_then_consumers_change_before_one_is_closed() {
    row.sharedConnections = 2;
    connections.align(7);
    row.sharedConnections = 1;
    connections.align(7);
    InOrder order = inOrder(events, routes, mqtt);
    order.verify(events).publishEvent(new SharingChanged(7));
    order.verify(routes).remove("unmatched-7-2");
    order.verify(mqtt).close("7-2");
    verify(mqtt, never()).close("7-1");
  }

  @Test
  void given_the_same_options_when_aligned_then_the_connection_stays() {
    connections.align(7);
    clearInvocations(routes, mqtt);
    row.note = "other";
    row.name = "other";
    connections.align(7);
    verifyNoInteractions(routes, mqtt);
  }

  @Test
  void given_it_was_deleted_when_aligned_then_nothing_consumes_when_the_connection_ends() {
    connections.align(7);
    when(repository.findById(7L)).thenReturn(Optional.empty());
    connections.align(7);
    connections.align(7);
    InOrder order = inOrder(events, routes, mqtt);
    order.verify(events).publishEvent(new BrokerRemoved(7));
    order.verify(routes).remove("unmatched-7");
    order.verify(mqtt).close("7");
    verifyNoMoreInteractions(events);
    verify(mqtt).open(anyString(), any(ConnectionOptions.class), any());
    verifyNoMoreInteractions(mqtt);
  }

  @Test
  void given_a_broker_that_fails_when_the_application_starts_then_the_others_are_opened() {
    when(repository.findById(6L)).thenThrow(new IllegalStateException("bad"));
    when(repository.findIds()).thenReturn(List.of(6L, 7L));
    connections.connectAll();
    verify(mqtt).open(eq("7"), eq(row.options(Credentials.NONE)), any());
    verify(mqtt, never()).open(eq("6"), any(), any());
  }

  @Test
  void given_a_broker_that_fails_when_all_are_looked_at_again_then_the_others_are_opened() {
    connections.connectAll();
    when(repository.findById(6L)).thenThrow(new IllegalStateException("bad"));
    when(repository.findIds()).thenReturn(List.of(6L, 7L));
    connections.alignAll();
    verify(mqtt).open(eq("7"), eq(row.options(Credentials.NONE)), any());
  }

  @Test
  void given_a_route_that_could_not_be_added_when_aligned_again_then_it_is_and_it_connects() {
    doThrow(new IllegalStateException("not now"))
        .doNothing()
        .when(routes)
        .add(anyString(), anyString(), any());
    assertThatThrownBy(() -> connections.align(7)).hasMessage("not now");
    verifyNoInteractions(mqtt);
    connections.align(7);
    verify(mqtt).open(eq("7"), eq(row.options(Credentials.NONE)), any());
  }

  @Test
  void given_subscriptions_have_no_routes_yet_when_another_node_tells_then_it_does_not_connect() {
    connections.on(new Notice(Notices.BROKER, "7"));
    connections.alignAll();
    verifyNoInteractions(mqtt);
    when(repository.findIds()).thenReturn(List.of(7L));
    connections.connectAll();
    verify(mqtt).open(eq("7"), eq(row.options(Credentials.NONE)), any());
  }

  @Test
  void given_an_unmatched_message_when_received_then_it_is_recorded_with_its_broker()
      throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      ReplacedMqtt replaced = new ReplacedMqtt();
      camel.addComponent("paho-mqtt5", replaced);
      camel.addRoutes(new UnmatchedTemplate());
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:recordReceived").setProperty("recorded", constant(true));
            }
          });
      camel.start();
      new BrokerConnections(
              repository,
              credentials,
              mqtt,
              new TemplatedRoutes(camel),
              LeasesOfTests.all(),
              mock(SentRecorder.class),
              events)
          .align(7);
      var exchange = replaced.receive(ReplacedMqtt.normalized(EndpointUri.unmatched("7")), "x");
      assertThat(exchange.getProperty("recorded")).isEqualTo(true);
      assertThat(exchange.getProperty("brokerId")).isEqualTo(7L);
      assertThat(exchange.getProperty("subscriptionId")).isNull();
      assertThat(camel.getRoute("unmatched-7").getDescription()).isNotBlank();
    }
  }
}
