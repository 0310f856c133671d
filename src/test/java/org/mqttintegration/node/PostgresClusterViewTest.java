package org.mqttintegration.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.integration.support.locks.LockRegistry;

class PostgresClusterViewTest {

  private final LockRegistry locks = mock(LockRegistry.class);
  private final Lock lock = mock(Lock.class);
  private final PostgresClusterView view =
      new PostgresClusterView(
          mock(PostgresClusterService.class), "x", "n", locks, Duration.ofSeconds(2));
  private final List<Boolean> told = new CopyOnWriteArrayList<>();

  @BeforeEach
  void aLockThatIsFree() throws Exception {
    when(locks.obtain(any())).thenReturn(lock);
    when(lock.tryLock(anyLong(), any())).thenReturn(true);
    CamelClusterEventListener.Leadership listener = (of, leader) -> told.add(leader != null);
    view.addEventListener(listener);
  }

  @AfterEach
  void end() {
    view.stop();
  }

  @Test
  void given_it_led_when_it_is_stopped_then_that_is_told() {
    view.start();
    await().until(() -> view.getLeader().isPresent());
    view.stop();
    await().until(() -> view.getLeader().isEmpty());
    await().untilAsserted(() -> assertThat(told).endsWith(true, false));
  }

  @Test
  void given_it_leads_again_when_the_end_of_the_first_time_is_told_late_then_it_still_leads()
      throws Exception {
    AtomicReference<Thread> first = new AtomicReference<>();
    CompletableFuture<Void> again = new CompletableFuture<>();
    when(lock.tryLock(anyLong(), any()))
        .thenAnswer(
            call -> {
              first.compareAndSet(null, Thread.currentThread());
              return true;
            });
    doAnswer(call -> Thread.currentThread() == first.get() ? again.join() : null)
        .when(lock)
        .unlock();
    view.start();
    await().until(() -> told.contains(true));
    view.stop();
    view.start();
    await().until(() -> told.stream().filter(leads -> leads).count() == 2);

    again.complete(null);

    await().during(Duration.ofMillis(300)).until(() -> view.getLeader().isPresent());
    assertThat(told).endsWith(true);
  }
}
