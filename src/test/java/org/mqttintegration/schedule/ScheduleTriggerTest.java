package org.mqttintegration.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;

class ScheduleTriggerTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  /** Five hours and a half ago. */
  private final Instant start = now.minus(HOUR.multipliedBy(5)).minus(Duration.ofMinutes(30));

  @Test
  void given_missed_firings_when_all_are_made_up_then_one_comes_after_the_other() {
    ScheduleTrigger trigger = hourly(Misfire.FIRE_ALL);

    for (int i = 0; i < 8; i++) {
      assertThat(next(trigger)).isEqualTo(start.plus(HOUR.multipliedBy(i)));
      trigger.triggered(null);
    }
  }

  @Test
  void given_missed_firings_when_one_is_made_up_then_the_next_is_in_phase() {
    ScheduleTrigger trigger = hourly(Misfire.FIRE_ONCE);

    assertThat(next(trigger)).isEqualTo(start);
    trigger.triggered(null);
    assertThat(next(trigger)).isEqualTo(start.plus(HOUR.multipliedBy(6)));
  }

  @Test
  void given_missed_firings_when_none_is_made_up_then_the_next_is_in_phase() {
    ScheduleTrigger trigger = hourly(Misfire.SKIP);

    trigger.updateAfterMisfire(null);
    assertThat(next(trigger)).isEqualTo(start.plus(HOUR.multipliedBy(6)));
  }

  @ParameterizedTest
  @EnumSource(Misfire.class)
  void given_a_firing_that_is_a_little_late_when_it_fires_then_none_is_left_out(Misfire misfire) {
    Instant first = now.minusSeconds(5);
    ScheduleTrigger trigger =
        new ScheduleTrigger(new Timing.Interval(first, Duration.ofSeconds(1)), misfire);
    trigger.setStartTime(Date.from(first));
    trigger.computeFirstFireTime(null);

    trigger.triggered(null);

    assertThat(next(trigger)).isEqualTo(first.plusSeconds(1));
  }

  @ParameterizedTest
  @EnumSource(Misfire.class)
  void given_a_misfire_when_quartz_asks_then_only_what_is_skipped_is_left_to_it(Misfire misfire) {
    assertThat(hourly(misfire).getMisfireInstruction() == -1).isEqualTo(misfire != Misfire.SKIP);
  }

  @Test
  void given_an_end_when_it_comes_then_nothing_fires_at_it_or_after() {
    ScheduleTrigger trigger = hourly(Misfire.FIRE_ALL);
    trigger.setEndTime(Date.from(start.plus(HOUR.multipliedBy(2))));

    trigger.triggered(null);
    assertThat(next(trigger)).isEqualTo(start.plus(HOUR));
    trigger.triggered(null);
    assertThat(trigger.mayFireAgain()).isFalse();
  }

  static Stream<Timing> timings() throws Exception {
    return Stream.of(
        new Timing.Once(Instant.parse("2031-01-01T00:00:00.123Z")),
        new Timing.Interval(Instant.parse("2020-01-01T00:00:00.123Z"), Duration.ofSeconds(7)),
        new Cron("0 30 2 ? * MON-FRI", ZoneId.of("Europe/Berlin")));
  }

  @ParameterizedTest
  @MethodSource("timings")
  void given_a_trigger_when_it_is_stored_and_read_then_it_fires_as_before(Timing timing)
      throws Exception {
    ScheduleTriggerStore store = new ScheduleTriggerStore();
    for (Misfire misfire : Misfire.values()) {
      ScheduleTrigger trigger = new ScheduleTrigger(timing, misfire);
      assertThat(store.canHandleTriggerType(trigger)).isTrue();
      Trigger read =
          TriggerBuilder.newTrigger()
              .withIdentity("1")
              .startAt(new Date(0))
              .withSchedule(
                  store
                      .getTriggerPropertyBundle(store.getTriggerProperties(trigger))
                      .getScheduleBuilder())
              .build();

      assertThat(read).isInstanceOf(ScheduleTrigger.class);
      assertThat(((ScheduleTrigger) read).misfire()).isEqualTo(misfire);
      assertThat(read.getFireTimeAfter(Date.from(now)))
          .isEqualTo(trigger.getFireTimeAfter(Date.from(now)));
    }
  }

  private ScheduleTrigger hourly(Misfire misfire) {
    ScheduleTrigger trigger = new ScheduleTrigger(new Timing.Interval(start, HOUR), misfire);
    trigger.setStartTime(Date.from(start));
    trigger.computeFirstFireTime(null);
    return trigger;
  }

  private static Instant next(ScheduleTrigger trigger) {
    return trigger.getNextFireTime().toInstant();
  }
}
