package org.mqttintegration.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Shares leases of one kind evenly between nodes, and moves no more of them than that takes. Each
 * node works it out for itself, from what all see.
 *
 * @param self this node
 * @param nodes those that live and shall have a share, this one among them
 */
record LeaseShares(UUID self, Set<UUID> nodes) {

  /**
   * What is to be done with leases.
   *
   * @param take those that nobody has and this node shall try to get
   * @param give those that this node has and shall give up
   */
  record Plan(Set<String> take, Set<String> give) {}

  /**
   * Works out what this node has to do.
   *
   * @param wanted the names of all leases
   * @param owners who has them; those of nodes that do not live are free
   */
  Plan plan(Collection<String> wanted, Map<String, UUID> owners) {
    Map<UUID, Integer> counts = new HashMap<>();
    nodes.forEach(node -> counts.put(node, 0));
    List<String> own = new ArrayList<>();
    List<String> free = new ArrayList<>();
    for (String name : wanted.stream().sorted().toList()) {
      UUID owner = owners.get(name);
      if (self.equals(owner)) {
        own.add(name);
      } else if (owner == null) {
        free.add(name);
      }
      if (owner != null) {
        counts.merge(owner, 1, Integer::sum);
      }
    }
    int share = share(wanted.size(), counts);
    Set<String> take =
        new HashSet<>(free.subList(0, Math.max(0, Math.min(free.size(), share - own.size()))));
    Set<String> give = new HashSet<>(own.subList(Math.min(own.size(), share), own.size()));
    return new Plan(take, give);
  }

  /** Those who have most keep what cannot be divided. */
  private int share(int leases, Map<UUID, Integer> counts) {
    List<UUID> byCount =
        counts.keySet().stream()
            .sorted(
                Comparator.comparing((UUID node) -> -counts.getOrDefault(node, 0))
                    .thenComparing(UUID::compareTo))
            .toList();
    int remainder = leases % byCount.size();
    return leases / byCount.size() + (byCount.indexOf(self) < remainder ? 1 : 0);
  }
}
