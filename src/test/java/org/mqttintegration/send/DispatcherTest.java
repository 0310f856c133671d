package org.mqttintegration.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mqttintegration.node.LeaseLeft;
import org.mqttintegration.node.Leases;
import org.mqttintegration.node.LeasesOfTests;
import org.mqttintegration.node.Notices;

class DispatcherTest {

  private final OutboxThread thread = mock(OutboxThread.class);
  private final Sending sending = mock(Sending.class);
  private final Leases leases = LeasesOfTests.all();
  private final Dispatcher dispatcher =
      new Dispatcher(
          thread,
          sending,
          mock(SendStore.class),
          mock(Outcomes.class),
          mock(SendBacklog.class),
          mock(SendMeters.class),
          leases,
          mock(Notices.class));
  private final List<BrokerQueue> worked = new ArrayList<>();

  @BeforeEach
  void atOnce() {
    doAnswer(
            call -> {
              call.<Runnable>getArgument(0).run();
              return null;
            })
        .when(thread)
        .run(any());
    doAnswer(call -> worked.add(call.getArgument(0))).when(sending).work(any());
  }

  @Test
  void given_sends_on_their_way_when_a_connection_that_shares_is_left_then_they_go_on() {
    dispatcher.wake(7);
    leave("7-1");
    dispatcher.wake(7);
    assertThat(worked.get(0).isClosed()).isFalse();
    assertThat(worked.get(1)).isSameAs(worked.get(0));
  }

  @Test
  void given_sends_on_their_way_when_the_brokers_own_connection_is_left_then_another_goes_on() {
    dispatcher.wake(7);
    leave("7");
    assertThat(worked.get(0).isClosed()).isTrue();
  }

  @Test
  void given_sends_that_stopped_when_it_looks_after_them_then_all_that_it_knows_are_worked_on() {
    ArgumentCaptor<Runnable> sweep = ArgumentCaptor.forClass(Runnable.class);
    dispatcher.wake(7);
    dispatcher.start();
    verify(thread, atLeastOnce()).runEvery(any(), sweep.capture());

    sweep.getAllValues().get(0).run();

    assertThat(worked).hasSize(2).containsOnly(worked.get(0));
  }

  private void leave(String connection) {
    dispatcher.on(new LeaseLeft(leases.ofConnection(connection).orElseThrow()));
  }
}
