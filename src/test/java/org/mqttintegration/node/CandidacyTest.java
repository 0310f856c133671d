package org.mqttintegration.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class CandidacyTest {

  private static final String NAME = "connection/7";

  private final LeaseHolder holder = mock(LeaseHolder.class);
  private final LeaseStore store = mock(LeaseStore.class);
  private final CamelClusterService service = mock(CamelClusterService.class);
  private final CamelClusterView view = mock(CamelClusterView.class);
  private final CamelClusterMember self = mock(CamelClusterMember.class);
  private final Lease lease = new Lease(NAME, 1, Duration.ofDays(1));
  private final CountDownLatch claiming = new CountDownLatch(1);
  private final CountDownLatch claimed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Candidacy candidacy = new Candidacy(NAME, holder, store, threads);

  @BeforeEach
  void standing() throws Exception {
    when(service.getView(NAME)).thenReturn(view);
    when(view.getClusterService()).thenReturn(service);
    when(self.isLocal()).thenReturn(true);
    when(store.claim(NAME)).thenReturn(lease);
    candidacy.stand(service);
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void given_it_leads_when_the_claim_has_worked_then_the_holder_is_told() {
    lead();
    candidacy.settle();
    verify(holder).granted(lease);
    assertThat(candidacy.lease()).isSameAs(lease);
  }

  @Test
  void given_a_claim_under_way_when_handed_over_then_what_it_grants_is_given_up() throws Exception {
    leadWithClaimUnderWay();
    candidacy.handOver();
    claimed.countDown();
    candidacy.settle();
    assertThat(candidacy.lease()).isNull();
    InOrder order = inOrder(holder, store, service);
    order.verify(holder).granted(lease);
    order.verify(holder).leave(lease);
    order.verify(store).release(lease);
    order.verify(service).releaseView(view);
  }

  @Test
  void given_a_claim_under_way_when_handed_over_then_nothing_new_begins_with_it() throws Exception {
    List<Boolean> valid = new CopyOnWriteArrayList<>();
    doAnswer(call -> valid.add(call.<Lease>getArgument(0).isValid())).when(holder).granted(lease);
    leadWithClaimUnderWay();
    candidacy.handOver();
    claimed.countDown();
    candidacy.settle();
    assertThat(valid).containsExactly(false);
  }

  @Test
  void given_it_is_handed_over_when_it_leads_meanwhile_then_it_claims_nothing() throws Exception {
    lead();
    candidacy.settle();
    when(store.claim(NAME)).thenThrow(new AssertionError("claimed again"));
    CountDownLatch left = holdUpLeaving();
    candidacy.handOver();
    lead();
    left.countDown();
    candidacy.settle();
    verify(store, times(1)).claim(anyString());
    assertThat(candidacy.lease()).isNull();
  }

  @Test
  void given_it_was_handed_over_when_it_shall_stand_again_then_it_does() throws Exception {
    lead();
    candidacy.settle();
    candidacy.handOver();
    candidacy.settle();
    candidacy.stand(service);
    lead();
    candidacy.settle();
    verify(holder, times(2)).granted(lease);
  }

  @Test
  void given_it_has_ended_when_it_is_looked_at_again_then_it_neither_stands_nor_claims()
      throws Exception {
    candidacy.end();
    candidacy.settle();
    candidacy.stand(service);
    lead();
    candidacy.check(null, 0, UUID.randomUUID(), System.nanoTime());
    candidacy.settle();
    verify(service, times(1)).getView(NAME);
    verify(store, never()).claim(anyString());
    verify(holder, never()).granted(any());
  }

  @Test
  void given_it_is_being_handed_over_when_it_ends_then_it_stays_ended() throws Exception {
    lead();
    candidacy.settle();
    CountDownLatch left = holdUpLeaving();
    candidacy.handOver();
    candidacy.end();
    left.countDown();
    candidacy.settle();
    candidacy.stand(service);
    verify(holder, times(1)).leave(lease);
    verify(service, times(1)).getView(NAME);
  }

  private void lead() {
    candidacy.leadershipChanged(view, self);
  }

  private void leadWithClaimUnderWay() throws Exception {
    when(store.claim(NAME))
        .thenAnswer(
            call -> {
              claiming.countDown();
              claimed.await();
              return lease;
            });
    lead();
    await().until(() -> claiming.getCount() == 0);
  }

  private CountDownLatch holdUpLeaving() {
    CountDownLatch left = new CountDownLatch(1);
    doAnswer(
            call -> {
              left.await();
              return null;
            })
        .when(holder)
        .leave(lease);
    return left;
  }
}
