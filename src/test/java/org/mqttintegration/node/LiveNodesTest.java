package org.mqttintegration.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mqttintegration.node.NodeStore.Running;

class LiveNodesTest {

  private static final UUID SELF = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);
  private static final OffsetDateTime THEN = OffsetDateTime.parse("2026-11-26T10:00:00Z");

  private final LiveNodes nodes = new LiveNodes(SELF, Duration.ofSeconds(5), 0);

  @Test
  void given_a_node_that_gives_signs_when_looked_at_then_it_lives() {
    for (int second = 1; second <= 10; second++) {
      look(second, THEN.plusSeconds(second), 0);
      assertThat(nodes.alive()).containsExactlyInAnyOrder(SELF, OTHER);
    }
  }

  @Test
  void given_a_node_that_gives_none_for_the_lease_time_when_looked_at_then_it_does_not_live() {
    for (int second = 1; second <= 5; second++) {
      look(second, THEN, second);
      assertThat(nodes.alive()).contains(OTHER);
    }
    look(6, THEN, 6);
    assertThat(nodes.alive()).containsExactly(SELF);
  }

  @Test
  void given_a_time_without_the_database_when_looked_again_then_the_others_get_their_time() {
    look(1, THEN, 0);
    look(60, THEN, 60);
    assertThat(nodes.alive()).as("it could not give a sign either").contains(OTHER);
    for (int second = 61; second <= 65; second++) {
      look(second, THEN, second);
    }
    assertThat(nodes.alive()).containsExactly(SELF);
  }

  @Test
  void given_looks_that_take_long_when_a_node_is_gone_then_it_does_not_live_for_ever() {
    for (int second = 1; second <= 13; second += 4) {
      look(second, THEN, second);
      assertThat(nodes.alive()).contains(OTHER);
    }
    look(17, THEN, 17);
    assertThat(nodes.alive()).containsExactly(SELF);
  }

  @Test
  void given_a_node_that_was_silent_for_long_when_seen_first_then_it_does_not_live() {
    look(1, THEN, 3_600);
    assertThat(nodes.alive()).containsExactly(SELF);
  }

  @Test
  void given_a_node_that_said_that_it_ended_when_looked_at_then_it_does_not_live() {
    look(1, THEN, 0);
    nodes.look(List.of(), Duration.ofSeconds(2).toNanos());
    assertThat(nodes.alive()).containsExactly(SELF);
  }

  private void look(int second, OffsetDateTime sign, int silentSeconds) {
    Running other =
        new Running(OTHER, sign, Duration.ofSeconds(silentSeconds), Duration.ofHours(1), false);
    nodes.look(List.of(other), Duration.ofSeconds(second).toNanos());
  }
}
