package org.mqttintegration.node;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps a node from writing what it no longer may. Asked in the transaction that writes: a claim of
 * another node waits until that has ended, and refuses what begins later.
 */
@Component
public class Fence {

  /**
   * Which leases another node has claimed. The others are the node's until the present transaction
   * has ended.
   *
   * @param database in a transaction, read committed
   */
  public Set<Lease> lost(JdbcClient database, Collection<Lease> leases) {
    if (leases.isEmpty()) {
      return Set.of();
    }
    List<Lease> asked = List.copyOf(Set.copyOf(leases));
    Set<String> lost =
        new HashSet<>(
            database
                .sql("select fenced(:names, :epochs)")
                .param("names", asked.stream().map(Lease::name).toArray(String[]::new))
                .param("epochs", asked.stream().map(Lease::epoch).toArray(Long[]::new))
                .query(String.class)
                .list());
    Set<Lease> found = new HashSet<>();
    for (Lease lease : asked) {
      if (lost.contains(lease.name())) {
        found.add(lease);
      }
    }
    return found;
  }
}
