package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

  /** 50 ms, at most 200 ms, and 5 minutes after a refusal. */
  private final Backoff backoff = new Backoff(Fixtures.settings());

  @Test
  void given_failures_when_they_repeat_then_the_delay_doubles_to_the_longest_and_jitters() {
    assertThat(backoff.next(0)).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
    assertThat(backoff.isFirst()).isTrue();
    assertThat(backoff.next(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    assertThat(backoff.isFirst()).isFalse();
    for (int i = 0; i < 100; i++) {
      backoff.next(0);
    }
    assertThat(java.util.stream.IntStream.range(0, 200).mapToObj(i -> backoff.next(0)).distinct())
        .hasSizeGreaterThan(10)
        .allSatisfy(d -> assertThat(d).isBetween(Duration.ofMillis(100), Duration.ofMillis(200)));
    backoff.reset();
    assertThat(backoff.next(0)).isLessThanOrEqualTo(Duration.ofMillis(50));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x86, 0x87, 0x8A, 0x8E, Backoff.NOT_PERMITTED})
  void given_a_refusal_when_it_comes_then_the_delay_is_long_from_the_first_time(int code) {
    assertThat(backoff.next(code)).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    assertThat(backoff.next(code)).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x89, 0x97, 0x9F})
  void given_a_busy_broker_when_it_says_so_then_the_delay_starts_longer(int code) {
    assertThat(backoff.next(code)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
  }
}
