package org.mqttintegration.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseSharesTest {

  private static final UUID A = new UUID(0, 1);
  private static final UUID B = new UUID(0, 2);

  @Test
  void given_nobody_else_when_shared_then_all_that_is_free_is_taken() {
    LeaseShares.Plan plan = new LeaseShares(A, Set.of(A)).plan(List.of("x", "y"), Map.of());
    assertThat(plan.take()).containsExactlyInAnyOrder("x", "y");
    assertThat(plan.give()).isEmpty();
  }

  @Test
  void given_a_second_node_when_shared_then_the_first_gives_no_more_than_half() {
    Map<String, UUID> owners = Map.of("v", A, "w", A, "x", A, "y", A, "z", A);
    List<String> all = List.of("v", "w", "x", "y", "z");
    assertThat(new LeaseShares(A, Set.of(A, B)).plan(all, owners).give()).hasSize(2);
    assertThat(new LeaseShares(B, Set.of(A, B)).plan(all, owners).take()).isEmpty();
  }

  @Test
  void given_equal_shares_when_shared_then_nothing_moves() {
    Map<String, UUID> owners = Map.of("x", A, "y", B, "z", B);
    for (UUID node : List.of(A, B)) {
      LeaseShares.Plan plan =
          new LeaseShares(node, Set.of(A, B)).plan(List.of("x", "y", "z"), owners);
      assertThat(plan).isEqualTo(new LeaseShares.Plan(Set.of(), Set.of()));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,5", "7,2", "10,3", "100,7", "2,4", "0,3"})
  void given_any_number_of_both_when_followed_then_shares_are_even_and_then_nothing_moves(
      int leases, int nodes) {
    List<String> wanted = IntStream.range(0, leases).mapToObj(i -> "l/" + i).toList();
    List<UUID> alive = IntStream.range(0, nodes).mapToObj(i -> new UUID(0, i)).toList();
    Map<String, UUID> owners = new HashMap<>();
    wanted.forEach(name -> owners.put(name, alive.get(0)));

    int moves = 0;
    for (int look = 0; look < 2 * nodes + leases; look++) {
      moves = follow(wanted, alive, owners);
    }

    assertThat(moves).isZero();
    assertThat(owners).as("none is left without an owner").hasSize(leases);
    TreeSet<Integer> counts = new TreeSet<>();
    alive.forEach(node -> counts.add((int) owners.values().stream().filter(node::equals).count()));
    assertThat(counts.last() - counts.first()).isLessThanOrEqualTo(1);
  }

  /**
   * All nodes see the same, and then do what they shall; of those that want a lease one gets it.
   */
  private static int follow(List<String> wanted, List<UUID> alive, Map<String, UUID> owners) {
    Map<String, UUID> seen = Map.copyOf(owners);
    int moves = 0;
    for (UUID node : alive) {
      LeaseShares.Plan plan = new LeaseShares(node, Set.copyOf(alive)).plan(wanted, seen);
      plan.give().forEach(owners::remove);
      plan.take().forEach(name -> owners.putIfAbsent(name, node));
      moves += plan.give().size() + plan.take().size();
    }
    return moves;
  }
}
