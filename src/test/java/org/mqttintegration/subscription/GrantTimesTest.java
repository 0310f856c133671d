package org.mqttintegration.subscription;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.stubbing.OngoingStubbing;
import org.springframework.dao.DataAccessResourceFailureException;

@Timeout(30)
class GrantTimesTest {

  private static final Instant TIME = Instant.parse("2026-02-03T04:05:06.123456Z");

  private final SubscriptionRepository repository = mock(SubscriptionRepository.class);
  private final EventWrites writes = new EventWrites();
  private final GrantTimes times = new GrantTimes(repository, writes);
  private final CountDownLatch frozen = new CountDownLatch(1);

  @Test
  void given_one_is_written_when_others_come_then_they_are_written_together() throws Exception {
    freeze(7L);
    whenWritten(8L, 9L).thenReturn(List.of(8L, 9L));
    times.store(7, TIME);
    verifyWritten(7L);
    times.store(8, TIME);
    times.store(9, TIME);
    frozen.countDown();
    verifyWritten(8L, 9L);
    writes.destroy();
    verifyNoMoreInteractions(repository);
  }

  @Test
  void given_another_change_has_it_when_it_comes_then_it_waits_for_that_alone() throws Exception {
    freeze(7L);
    whenWritten(8L, 9L).thenReturn(List.of(9L));
    times.store(7, TIME);
    verifyWritten(7L);
    times.store(8, TIME);
    times.store(9, TIME);
    frozen.countDown();
    verify(repository, timeout(10_000)).setSubscriptionTime(8, TIME);
    writes.destroy();
    verify(repository, never()).setSubscriptionTime(eq(9L), any());
  }

  @Test
  void given_no_database_when_grants_come_then_each_is_tried() throws Exception {
    whenWritten(7L).thenThrow(new DataAccessResourceFailureException("gone"));
    times.store(7, TIME);
    verifyWritten(7L);
    times.store(8, TIME);
    verifyWritten(8L);
    writes.destroy();
    verify(repository, never()).setSubscriptionTime(eq(7L), any());
  }

  private void freeze(Long id) {
    whenWritten(id)
        .thenAnswer(
            call -> {
              frozen.await();
              return List.of(id);
            });
  }

  private OngoingStubbing<List<Long>> whenWritten(Long... ids) {
    return when(repository.setUnlockedSubscriptionTimes(eq(ids), any()));
  }

  private void verifyWritten(Long... ids) {
    verify(repository, timeout(10_000)).setUnlockedSubscriptionTimes(eq(ids), any());
  }
}
