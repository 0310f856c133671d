package org.mqttintegration.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.quartz.Calendar;
import org.quartz.ScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.impl.triggers.AbstractTrigger;
import org.quartz.spi.MutableTrigger;

/**
 * Fires from its start to before its end when a {@link Timing} says. Its own, since none of
 * Quartz's keeps an interval's phase and follows a change of the clocks.
 */
class ScheduleTrigger extends AbstractTrigger<Trigger> {

  /** A firing that is later than that was missed; the same as Quartz is told. */
  static final Duration MISSED = Duration.ofSeconds(10);

  private static final long serialVersionUID = 1L;

  /** Quartz fires such a trigger however late it is; so {@link #triggered} sees what was missed. */
  private static final int FIRE = MISFIRE_INSTRUCTION_IGNORE_MISFIRE_POLICY;

  /** Quartz lets {@link #updateAfterMisfire} decide. */
  private static final int ASK = MISFIRE_INSTRUCTION_SMART_POLICY;

  private final transient Timing timing;
  private final Misfire misfire;
  private Date start = new Date(0);
  private @Nullable Date end;
  private @Nullable Date next;
  private @Nullable Date previous;

  ScheduleTrigger(Timing timing, Misfire misfire) {
    this.timing = timing;
    this.misfire = misfire;
    setMisfireInstruction(misfire == Misfire.SKIP ? ASK : FIRE);
  }

  Timing timing() {
    return timing;
  }

  Misfire misfire() {
    return misfire;
  }

  /** The first firing behind an instant, null when there is none. */
  @Nullable Instant firingAfter(Instant instant) {
    Instant beforeStart = start.toInstant().minusMillis(1);
    Instant firing = timing.after(instant.isBefore(beforeStart) ? beforeStart : instant);
    return firing == null || (end != null && !firing.isBefore(end.toInstant())) ? null : firing;
  }

  @Override
  public @Nullable Date computeFirstFireTime(@Nullable Calendar calendar) {
    next = date(firingAfter(start.toInstant().minusMillis(1)));
    return next;
  }

  @Override
  public @Nullable Date getFireTimeAfter(@Nullable Date afterTime) {
    return date(firingAfter(afterTime == null ? Instant.now() : afterTime.toInstant()));
  }

  /** It fires: what comes next. One firing may be for all that were missed. */
  @Override
  public void triggered(@Nullable Calendar calendar) {
    previous = next;
    if (next != null) {
      Instant now = Instant.now();
      boolean once = misfire != Misfire.FIRE_ALL && next.toInstant().isBefore(now.minus(MISSED));
      next = date(firingAfter(once ? now : next.toInstant()));
    }
  }

  /** Nothing is made up: what comes next. */
  @Override
  public void updateAfterMisfire(@Nullable Calendar calendar) {
    next = date(firingAfter(Instant.now()));
  }

  @Override
  public void updateWithNewCalendar(@Nullable Calendar calendar, long misfireThreshold) {
    throw new UnsupportedOperationException("schedules have no calendars");
  }

  @Override
  public boolean mayFireAgain() {
    return next != null;
  }

  @Override
  protected boolean validateMisfireInstruction(int instruction) {
    return instruction == FIRE || instruction == ASK;
  }

  @Override
  public Date getStartTime() {
    return start;
  }

  @Override
  public void setStartTime(Date startTime) {
    start = startTime;
  }

  @Override
  public @Nullable Date getEndTime() {
    return end;
  }

  @Override
  public void setEndTime(@Nullable Date endTime) {
    end = endTime;
  }

  @Override
  public @Nullable Date getNextFireTime() {
    return next;
  }

  @Override
  public void setNextFireTime(@Nullable Date nextFireTime) {
    next = nextFireTime;
  }

  @Override
  public @Nullable Date getPreviousFireTime() {
    return previous;
  }

  @Override
  public void setPreviousFireTime(@Nullable Date previousFireTime) {
    previous = previousFireTime;
  }

  /** Nobody has to know. */
  @Override
  public @Nullable Date getFinalFireTime() {
    return null;
  }

  @Override
  public ScheduleBuilder<Trigger> getScheduleBuilder() {
    return new ScheduleBuilder<>() {
      @Override
      protected MutableTrigger build() {
        return new ScheduleTrigger(timing, misfire);
      }
    };
  }

  private static @Nullable Date date(@Nullable Instant instant) {
    return instant == null ? null : Date.from(instant);
  }
}
