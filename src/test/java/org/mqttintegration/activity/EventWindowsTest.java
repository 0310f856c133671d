package org.mqttintegration.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventWindowsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final EventWindows windows = new EventWindows(Duration.ofMinutes(1), 2);

  private static RecordEvent failure(String record, String text) {
    return RecordEvent.failure(
        new RecordRef(RecordKind.SIGNAL, record, record), "sendFailed", text);
  }

  @Test
  void given_a_flood_when_told_then_the_first_is_told_and_the_others_are_counted_once() {
    assertThat(windows.isTold(failure("1", "first"), START)).isTrue();
    for (int i = 0; i < 9_999; i++) {
      assertThat(windows.isTold(failure("1", "number " + i), START)).isFalse();
    }
    assertThat(windows.isTold(failure("2", "another record"), START)).isTrue();

    assertThat(windows.over(START.plusSeconds(59))).isEmpty();
    List<RecordEvent> counted = windows.over(START.plusSeconds(60));
    assertThat(counted).hasSize(1);
    assertThat(counted.get(0).text())
        .startsWith("9,999 × sendFailed since ")
        .endsWith("the last: number 9998");
    assertThat(windows.over(START.plusSeconds(200))).isEmpty();
  }

  @Test
  void given_an_interval_without_a_flood_when_it_is_over_then_the_next_is_told_at_once() {
    windows.isTold(failure("1", "first"), START);
    windows.over(START.plusSeconds(60));
    assertThat(windows.isTold(failure("1", "second"), START.plusSeconds(61))).isTrue();
  }

  @Test
  void given_as_many_floods_as_are_known_when_another_comes_then_it_is_told() {
    windows.isTold(failure("1", "a"), START);
    windows.isTold(failure("2", "b"), START);
    assertThat(windows.isTold(failure("3", "c"), START)).isTrue();
    assertThat(windows.isTold(failure("3", "d"), START)).isTrue();
    assertThat(windows.all()).isEmpty();
  }
}
