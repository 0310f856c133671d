package org.mqttintegration.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.broker.StatesOfTests;
import org.mqttintegration.mqtt.ConnectionStatus;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.mqtt.SubscriptionStatus;
import org.mqttintegration.mqtt.SubscriptionStatus.State;
import org.mqttintegration.subscription.Subscription.Status;

class SubscriptionViewsTest {

  private static final Instant EARLIER = Instant.parse("2026-01-02T03:04:05.123456Z");
  private static final Instant SINCE = Instant.parse("2026-02-03T04:05:06.123456789Z");

  private final MqttConnections connections = mock(MqttConnections.class);
  private final BrokerAnswers answers = mock(BrokerAnswers.class);
  private final Brokers brokers = mock(Brokers.class);
  private final SubscriptionViews views =
      new SubscriptionViews(brokers, StatesOfTests.of(connections), answers, new Places(brokers));
  private final SubscriptionEntity row = new SubscriptionEntity();

  @BeforeEach
  void aSubscription() {
    row.id = 7L;
    row.brokerId = 3;
    row.topic = "plant/#";
    when(brokers.names(anyCollection())).thenReturn(Map.of(3L, "Hall"));
    connection(ConnectionStatus.State.CONNECTED, null);
    answered(null);
  }

  @Test
  void given_it_was_never_wanted_when_seen_then_it_is_new() {
    Subscription seen = views.of(row);
    assertThat(seen.subscriptionStatus()).isEqualTo(Status.NEW);
    assertThat(seen.subscribed()).isFalse();
    assertThat(seen.subscriptionInProgress()).isFalse();
    assertThat(seen.displayName()).isEqualTo("plant/# @ Hall");
  }

  @Test
  void given_it_is_no_longer_wanted_when_seen_then_it_is_unsubscribed() {
    row.subscriptionTime = EARLIER;
    answered(new SubscriptionStatus(State.SUBSCRIBED, SINCE, 1, null)); // its route is going
    Subscription seen = views.of(row);
    assertThat(seen.subscriptionStatus()).isEqualTo(Status.UNSUBSCRIBED);
    assertThat(seen.subscribed()).isFalse();
    assertThat(seen.subscriptionTime()).isEqualTo(EARLIER);
    assertThat(seen.grantedQos()).isNull();
  }

  @Test
  void given_it_is_wanted_and_has_no_route_yet_when_seen_then_it_is_subscribing() {
    row.wanted = true;
    assertThat(views.of(row).subscriptionStatus()).isEqualTo(Status.SUBSCRIBING);
  }

  @Test
  void given_no_connection_when_seen_then_the_message_says_why() {
    row.wanted = true;
    connection(ConnectionStatus.State.CONNECTING, "no connection: refused");
    answered(new SubscriptionStatus(State.SUBSCRIBING, SINCE, null, "waiting"));
    Subscription seen = views.of(row);
    assertThat(seen.subscriptionStatus()).isEqualTo(Status.SUBSCRIBING);
    assertThat(seen.subscriptionInProgress()).isTrue();
    assertThat(seen.statusMessage())
        .isEqualTo("waiting for the connection to the broker: no connection: refused");
  }

  @Test
  void given_the_broker_granted_it_when_seen_then_it_is_subscribed_since_then() {
    row.wanted = true;
    row.subscriptionTime = EARLIER;
    answered(new SubscriptionStatus(State.SUBSCRIBED, SINCE, 1, null));
    Subscription seen = views.of(row);
    assertThat(seen.subscriptionStatus()).isEqualTo(Status.SUBSCRIBED);
    assertThat(seen.subscribed()).isTrue();
    assertThat(seen.subscriptionTime()).isEqualTo("2026-02-03T04:05:06.123456Z");
    assertThat(seen.grantedQos()).isEqualTo(1);
  }

  @Test
  void given_the_broker_refused_it_when_seen_then_it_failed_with_the_reason() {
    row.wanted = true;
    answered(new SubscriptionStatus(State.FAILED, SINCE, null, "Not authorized (0x87)"));
    Subscription seen = views.of(row);
    assertThat(seen.subscriptionStatus()).isEqualTo(Status.FAILED);
    assertThat(seen.subscribed()).isFalse();
    assertThat(seen.subscriptionInProgress()).isFalse();
    assertThat(seen.statusMessage()).isEqualTo("Not authorized (0x87)");
  }

  private void answered(SubscriptionStatus status) {
    when(answers.status(row)).thenReturn(Optional.ofNullable(status));
  }

  private void connection(ConnectionStatus.State state, String message) {
    when(connections.status("3")).thenReturn(new ConnectionStatus(state, SINCE, message));
  }
}
