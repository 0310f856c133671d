package org.mqttintegration.bridge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mqttintegration.bridge.trace.Step.Outcome;
import org.mqttintegration.bridge.trace.StepQueue.LeftOut;

class StepQueueTest {

  private final RouteTrace trace =
      new RouteTrace(new TraceSettings(true, Duration.ofDays(1), 1_000));

  @Test
  void given_a_full_queue_when_steps_are_added_then_nobody_waits_and_whose_they_are_is_noted()
      throws Exception {
    StepQueue queue = new StepQueue(3, 1_000);
    for (int id = 1; id <= 5; id++) {
      queue.add(step("a", id));
    }
    queue.add(step("b", 9));

    assertThat(queue.takeLeftOut())
        .containsExactlyInAnyOrder(new LeftOut("a", 4, 5, 2), new LeftOut("b", 9, 9, 1));
    assertThat(queue.takeLeftOut()).isEmpty();
    assertThat(queue.take(2, 0)).extracting(s -> s.of().historyId()).containsExactly(1L, 2L);
    assertThat(queue.take(2, 0)).extracting(s -> s.of().historyId()).containsExactly(3L);
  }

  @Test
  void given_more_steps_than_are_allowed_when_time_passes_then_there_is_budget_again() {
    StepQueue queue = new StepQueue(1_000, 2);
    for (int id = 1; queue.hasBudget(); id++) {
      queue.add(step("a", id));
      assertThat(id).isLessThan(100);
    }

    queue.refill(TimeUnit.MILLISECONDS.toNanos(400));
    assertThat(queue.hasBudget()).isTrue();
    queue.add(step("a", 100));
    assertThat(queue.hasBudget()).isFalse();

    queue.refill(TimeUnit.HOURS.toNanos(1));
    int room = 0;
    while (queue.hasBudget()) {
      queue.add(step("a", 200 + room++));
    }
    assertThat(room).isEqualTo(40);
  }

  private Step step(String route, long id) {
    Run run = new Run(trace, id, route, "x", null, true);
    return new Step(run, Instant.EPOCH, "t", 1, 1, Outcome.DONE, null, null, null);
  }
}
