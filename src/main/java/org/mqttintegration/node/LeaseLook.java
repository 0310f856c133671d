package org.mqttintegration.node;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.mqttintegration.node.LeaseStore.Held;
import org.mqttintegration.node.NodeStore.Running;

/** What a look at the nodes and the leases showed, and what follows for this node. */
final class LeaseLook {

  private final UUID self;
  private final Map<String, UUID> owners = new HashMap<>();

  /** Those that end: what they have still is nobody's to share before they give it up. */
  private final Set<UUID> leaving;

  private final LeaseShares shares;

  /**
   * Takes it together.
   *
   * @param running the nodes that have not said that they ended
   * @param alive those that live, this one among them
   */
  LeaseLook(
      UUID self,
      List<Running> running,
      Set<UUID> alive,
      Map<String, Held> held,
      Duration leaseTime) {
    this.self = self;
    this.leaving =
        running.stream().filter(Running::leaving).map(Running::id).collect(Collectors.toSet());
    held.forEach(
        (name, lease) -> {
          if (lease.owner() != null && alive.contains(lease.owner())) {
            owners.put(name, lease.owner());
          }
        });
    this.shares = new LeaseShares(self, sharing(running, alive, leaseTime));
  }

  /**
   * One that has just started gets what nobody has, but nothing that another would have to give;
   * one that ends gets nothing.
   */
  private Set<UUID> sharing(List<Running> running, Set<UUID> alive, Duration leaseTime) {
    Set<UUID> sharing =
        running.stream()
            .filter(node -> !node.leaving() && node.age().compareTo(leaseTime) > 0)
            .map(Running::id)
            .filter(alive::contains)
            .collect(Collectors.toSet());
    sharing.add(self);
    return sharing;
  }

  boolean isOwn(String name) {
    return self.equals(owners.get(name));
  }

  /** What is to be done with leases of a kind. */
  LeaseShares.Plan plan(Collection<String> kind) {
    List<String> shared =
        kind.stream().filter(name -> !leaving.contains(owners.get(name))).toList();
    return shares.plan(shared, owners);
  }
}
