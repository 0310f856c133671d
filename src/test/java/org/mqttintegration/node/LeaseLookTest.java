package org.mqttintegration.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.node.LeaseStore.Held;
import org.mqttintegration.node.NodeStore.Running;

class LeaseLookTest {

  private static final UUID A = new UUID(0, 1);
  private static final UUID B = new UUID(0, 2);
  private static final UUID C = new UUID(0, 3);
  private static final Duration LEASE_TIME = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofHours(1);

  private final List<Running> running = new ArrayList<>();
  private final Map<String, Held> held = new HashMap<>();

  @ParameterizedTest
  @CsvSource({"false,1", "true,2"})
  void given_a_node_beside_when_it_ends_then_this_one_takes_all_that_is_free(
      boolean ends, int taken) {
    runs(A, LONG, ends);
    runs(B, LONG, false);
    assertThat(seenBy(B).plan(Set.of("x", "y")).take()).hasSize(taken);
  }

  @Test
  void given_a_node_that_ends_when_it_has_some_still_then_they_are_neither_taken_nor_counted() {
    runs(A, LONG, true);
    runs(B, LONG, false);
    runs(C, LONG, false);
    owns(A, "a1", "a2", "a3");
    owns(B, "b1", "b2");
    owns(C, "c1", "c2");
    Set<String> all = Set.of("a1", "a2", "a3", "b1", "b2", "c1", "c2", "free1", "free2");
    LeaseShares.Plan ofB = seenBy(B).plan(all);
    LeaseShares.Plan ofC = seenBy(C).plan(all);
    assertThat(ofB.take()).hasSize(1).isSubsetOf("free1", "free2");
    assertThat(ofC.take()).hasSize(1).isSubsetOf("free1", "free2");
    assertThat(ofB.give()).isEmpty();
    assertThat(ofC.give()).isEmpty();
  }

  @Test
  void given_this_node_ends_when_others_have_less_then_it_gives_nothing_for_their_share() {
    runs(A, LONG, true);
    runs(B, LONG, false);
    owns(A, "a1", "a2");
    assertThat(seenBy(A).plan(Set.of("a1", "a2")).give()).isEmpty();
  }

  @Test
  void given_a_node_that_has_just_started_when_shared_then_nothing_is_given_for_it() {
    runs(A, LONG, false);
    runs(B, Duration.ofSeconds(1), false);
    owns(A, "a1", "a2");
    assertThat(seenBy(A).plan(Set.of("a1", "a2")).give()).isEmpty();
  }

  @Test
  void given_a_node_that_does_not_live_when_it_has_some_then_they_are_free() {
    runs(B, LONG, false);
    owns(A, "a1");
    assertThat(seenBy(B).isOwn("a1")).isFalse();
    assertThat(seenBy(B).plan(Set.of("a1")).take()).containsExactly("a1");
  }

  private void runs(UUID node, Duration age, boolean leaving) {
    running.add(new Running(node, OffsetDateTime.MIN, Duration.ZERO, age, leaving));
  }

  private void owns(UUID node, String... names) {
    for (String name : names) {
      held.put(name, new Held(node, 1));
    }
  }

  private LeaseLook seenBy(UUID node) {
    Set<UUID> alive = new HashSet<>(running.stream().map(Running::id).toList());
    return new LeaseLook(node, running, alive, held, LEASE_TIME);
  }
}
