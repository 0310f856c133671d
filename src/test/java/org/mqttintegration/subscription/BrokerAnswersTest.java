package org.mqttintegration.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.broker.StatesOfTests;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.mqtt.SubscriptionAnswers;
import org.mqttintegration.mqtt.SubscriptionChanged;
import org.mqttintegration.mqtt.SubscriptionStatus;
import org.mqttintegration.mqtt.SubscriptionStatus.State;
import org.mqttintegration.resource.RequestPlaces;

@Timeout(30)
class BrokerAnswersTest {

  private static final Instant SINCE = Instant.parse("2026-02-03T04:05:06.123456789Z");

  private final MqttConnections connections = mock(MqttConnections.class);
  private final GrantTimes times = mock(GrantTimes.class);
  private final SubscriptionAnswers waiting = new SubscriptionAnswers(connections);
  private final SubscriptionEntity row = new SubscriptionEntity();

  @BeforeEach
  void aSubscription() {
    row.id = 7L;
    row.brokerId = 3;
    stands(State.SUBSCRIBING);
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"SUBSCRIBED", "FAILED"})
  void given_a_waiting_caller_when_the_broker_answers_then_it_goes_on(State answer)
      throws Exception {
    BrokerAnswers answers = answers(Duration.ofMinutes(10));
    Thread caller = new Thread(() -> answers.await(row));
    caller.start();
    await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
    stands(answer);
    waiting.on(new SubscriptionChanged("3", 7, status(answer)));
    caller.join();
    assertThat(caller.isAlive()).isFalse();
  }

  @Test
  void given_a_waiting_caller_when_it_is_no_longer_wanted_then_it_goes_on() throws Exception {
    BrokerAnswers answers = answers(Duration.ofMinutes(10));
    Thread caller = new Thread(() -> answers.await(row));
    caller.start();
    await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
    when(connections.subscription("3", 7)).thenReturn(Optional.empty());
    answers.wakeUp();
    caller.join();
    assertThat(caller.isAlive()).isFalse();
  }

  @Test
  void given_no_answer_when_the_time_is_over_then_the_caller_goes_on() {
    long start = System.nanoTime();
    answers(Duration.ofMillis(50)).await(row);
    assertThat(System.nanoTime() - start).isBetween(50_000_000L, 20_000_000_000L);
  }

  @Test
  void given_the_broker_has_answered_when_waited_for_then_the_caller_goes_on_at_once() {
    stands(State.SUBSCRIBED);
    answers(Duration.ofMinutes(10)).await(row);
  }

  @Test
  void given_a_grant_when_it_comes_then_its_time_is_stored_in_microseconds() {
    answers(Duration.ZERO).on(new SubscriptionChanged("3", 7, status(State.SUBSCRIBED)));
    verify(times).store(7, Instant.parse("2026-02-03T04:05:06.123456Z"));
  }

  @Test
  void given_a_refusal_when_it_comes_then_no_time_is_stored() {
    answers(Duration.ZERO).on(new SubscriptionChanged("3", 7, status(State.FAILED)));
    verify(times, never()).store(anyLong(), any());
  }

  private BrokerAnswers answers(Duration limit) {
    return new BrokerAnswers(
        StatesOfTests.of(connections),
        waiting,
        times,
        new RequestPlaces(),
        new Places(mock(Brokers.class)),
        new SubscriptionSettings(limit));
  }

  private void stands(State state) {
    when(connections.subscription("3", 7)).thenReturn(Optional.of(status(state)));
  }

  private static SubscriptionStatus status(State state) {
    return new SubscriptionStatus(state, SINCE, null, null);
  }
}
