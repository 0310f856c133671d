package org.mqttintegration.node;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The only node, which has every lease at once; without a database. */
@TestConfiguration(proxyBeanMethods = false)
public class LeasesOfTests {

  /** Leases that are granted to whoever wants them, and held by all others too. */
  public static Leases all() {
    Map<String, LeaseHolder> holders = new ConcurrentHashMap<>();
    Leases leases = mock(Leases.class);
    doAnswer(
            call -> {
              LeaseHolder holder = call.getArgument(1);
              holders.put(call.getArgument(0), holder);
              holder.granted(lease(call.getArgument(0)));
              return null;
            })
        .when(leases)
        .want(anyString(), any());
    doAnswer(
            call -> {
              LeaseHolder holder = holders.remove(call.<String>getArgument(0));
              if (holder != null) {
                holder.leave(lease(call.getArgument(0)));
              }
              return null;
            })
        .when(leases)
        .forget(anyString());
    when(leases.held(anyString())).thenAnswer(call -> Optional.of(lease(call.getArgument(0))));
    when(leases.ofConnection(anyString()))
        .thenAnswer(call -> Optional.of(lease(Lease.ofConnection(call.getArgument(0)))));
    when(leases.isValid(anyString())).thenReturn(true);
    return leases;
  }

  /** Has it be uncertain, or certain again, whether a lease is the node's. */
  public static void setCertain(Lease lease, boolean certain) {
    lease.setLeading(certain);
  }

  private static Lease lease(String name) {
    return new Lease(name, 1, Duration.ofDays(1));
  }

  @Bean
  Leases leases() {
    return all();
  }

  @Bean
  Fence fence() {
    return new Fence() {
      @Override
      public Set<Lease> lost(JdbcClient database, Collection<Lease> leases) {
        return Set.of();
      }
    };
  }

  @Bean
  Notices notices() {
    return mock(Notices.class);
  }
}
