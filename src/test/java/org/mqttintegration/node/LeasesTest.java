package org.mqttintegration.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import org.mqttintegration.node.LeaseStore.Held;
import org.mqttintegration.node.NodeStore.Running;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;

/** What the only node has, without a database. */
class LeasesTest {

  private static final String CONNECTION = "connection/7";
  private static final String ROUTE = "route/r";
  private static final Duration LEASE_TIME = Duration.ofSeconds(2);

  private final UUID self = UUID.randomUUID();
  private final Map<String, Held> rows = new ConcurrentHashMap<>();
  private final NodeStore nodes = mock(NodeStore.class);
  private final LeaseStore store = mock(LeaseStore.class);
  private final ThisNode node = mock(ThisNode.class);
  private final LeaseHolder connection = mock(LeaseHolder.class);
  private final LeaseHolder route = mock(LeaseHolder.class);
  private Leases leases;

  @BeforeEach
  void bothAreHeld() throws Exception {
    when(node.id()).thenReturn(self);
    when(nodes.isSeen()).thenReturn(true);
    when(nodes.running())
        .thenReturn(
            List.of(
                new Running(
                    self, OffsetDateTime.now(), Duration.ZERO, Duration.ofHours(1), false)));
    when(store.all()).thenAnswer(call -> Map.copyOf(rows));
    when(store.claim(anyString())).thenAnswer(call -> claim(call.getArgument(0)));
    doAnswer(call -> rows.remove(call.<Lease>getArgument(0).name())).when(store).release(any());
    leases =
        new Leases(
            nodes,
            store,
            node,
            new NodeSettings("n", LEASE_TIME),
            cluster(),
            mock(ApplicationEventPublisher.class));
    leases.want(CONNECTION, connection);
    leases.want(ROUTE, route);
    leases.start();
    await().until(() -> leases.isValid(CONNECTION) && leases.isValid(ROUTE));
  }

  @AfterEach
  void end() throws Exception {
    leases.destroy();
  }

  @Test
  void given_a_connection_and_a_route_when_connections_are_left_then_the_route_stays() {
    leases.leaveConnections();
    InOrder order = inOrder(nodes, connection, store);
    order.verify(nodes).leave();
    order.verify(connection).leave(any());
    order.verify(store).release(any());
    assertThat(leases.held(CONNECTION)).isEmpty();
    await().during(LEASE_TIME).until(() -> leases.isValid(ROUTE));
    verify(route, never()).leave(any());
  }

  @Test
  void given_connections_were_left_when_some_are_free_then_nothing_is_taken() {
    leases.leaveConnections();
    LeaseHolder late = mock(LeaseHolder.class);
    leases.want("connection/8", late);
    leases.want("route/late", late);
    await().during(LEASE_TIME).until(() -> rows.keySet().equals(Set.of(ROUTE)));
    verify(late, never()).granted(any());
  }

  @Test
  void
      given_the_database_is_away_when_connections_are_left_then_their_holders_leave_all_the_same() {
    doThrow(new IllegalStateException("away")).when(nodes).leave();
    doThrow(new IllegalStateException("away")).when(store).release(any());
    leases.leaveConnections();
    verify(connection).leave(any());
    assertThat(leases.held(CONNECTION)).isEmpty();
  }

  @Test
  void given_connections_were_left_when_a_route_ends_then_its_lease_is_given_up() {
    leases.leaveConnections();
    leases.unwant(ROUTE);
    verify(route).leave(any());
    assertThat(rows).isEmpty();
  }

  private Lease claim(String name) {
    rows.put(name, new Held(self, 1));
    return new Lease(name, 1, LEASE_TIME);
  }

  /** Whoever stands for a lease leads. */
  @SuppressWarnings("unchecked")
  private static ObjectProvider<CamelClusterService> cluster() throws Exception {
    CamelClusterMember local = mock(CamelClusterMember.class);
    when(local.isLocal()).thenReturn(true);
    CamelClusterService service = mock(CamelClusterService.class);
    CamelClusterView view = mock(CamelClusterView.class);
    when(view.getClusterService()).thenReturn(service);
    when(service.getView(anyString())).thenReturn(view);
    doAnswer(
            call -> {
              CamelClusterEventListener.Leadership listener = call.getArgument(0);
              listener.leadershipChanged(view, local);
              return null;
            })
        .when(view)
        .addEventListener(any());
    ObjectProvider<CamelClusterService> provider = mock(ObjectProvider.class);
    when(provider.getObject()).thenReturn(service);
    return provider;
  }
}
