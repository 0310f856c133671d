package org.mqttintegration.schedule;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Date;
import java.util.Objects;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/**
 * A cron expression in a time zone. Where the zone's clocks are changed it does as vixie cron does.
 *
 * <p>One whose hours begin with {@code *} follows elapsed time: it fires in the hour that comes
 * twice both times, and nothing is made up for the one that is left out. One that names hours fires
 * in the hour that comes twice only the first time, and once at the end of a gap that has any of
 * its times.
 *
 * <p>Quartz's own trigger is not used: it takes a time that comes twice for the second of both, so
 * it jumps over an hour in autumn.
 */
final class Cron implements Timing {

  private static final int HOURS = 2;

  /** Longer than clocks are ever changed by: so far from a change, offsets decide nothing. */
  private static final Duration FAR = Duration.ofDays(2);

  /** Computes with wall time, which to it is a zone without changes. */
  private final CronExpression wallTimes;

  private final ZoneRules rules;
  private final boolean followsElapsedTime;
  private final ZoneId zone;

  /**
   * @throws ParseException when it is no expression
   */
  Cron(String expression, ZoneId zone) throws ParseException {
    this.wallTimes = new CronExpression(expression);
    this.wallTimes.setTimeZone(TimeZone.getTimeZone("UTC"));
    this.zone = zone;
    this.rules = zone.getRules();
    this.followsElapsedTime = expression.strip().split("\\s+")[HOURS].matches("[*/].*");
  }

  String expression() {
    return wallTimes.getCronExpression();
  }

  ZoneId zone() {
    return zone;
  }

  @Override
  public @Nullable Instant after(Instant instant) {
    return followsElapsedTime ? byElapsedTime(instant) : byWallTime(instant);
  }

  /** From one change of the clocks to the next, as in a zone that has none. */
  private @Nullable Instant byElapsedTime(Instant instant) {
    Instant from = instant;
    while (true) {
      Instant earliest = from.plusMillis(1);
      ZoneOffset offset = rules.getOffset(earliest);
      LocalDateTime wall = next(LocalDateTime.ofInstant(from, offset));
      Instant firing = wall == null ? null : wall.toInstant(offset);
      ZoneOffsetTransition change = rules.nextTransition(earliest);
      if (change == null || (firing != null && firing.isBefore(change.getInstant()))) {
        return firing;
      }
      Instant start = change.getInstant();
      if (start.isAfter(from.plus(FAR))) { // so no wall time comes a second time there
        if (firing == null) {
          return null;
        }
        // not through all the changes of many years
        start = firing.minus(FAR).isAfter(start) ? firing.minus(FAR) : start;
      }
      from = start.minusMillis(1);
    }
  }

  private @Nullable Instant byWallTime(Instant instant) {
    LocalDateTime wall = next(LocalDateTime.ofInstant(instant, rules.getOffset(instant)));
    while (wall != null) {
      Instant firing = firing(wall);
      if (firing.isAfter(instant)) {
        return firing;
      }
      // it is the second time that it comes, or another of the gap has fired: go on behind
      ZoneOffsetTransition change = Objects.requireNonNull(rules.getTransition(wall));
      wall =
          next(
              (change.isGap() ? change.getDateTimeAfter() : change.getDateTimeBefore())
                  .minusSeconds(1));
    }
    return null;
  }

  private Instant firing(LocalDateTime wall) {
    ZoneOffsetTransition change = rules.getTransition(wall);
    if (change == null) {
      return wall.toInstant(rules.getOffset(wall));
    }
    return change.isGap() ? change.getInstant() : wall.toInstant(change.getOffsetBefore());
  }

  private @Nullable LocalDateTime next(LocalDateTime wall) {
    Date next = wallTimes.getTimeAfter(Date.from(wall.toInstant(ZoneOffset.UTC)));
    return next == null ? null : LocalDateTime.ofInstant(next.toInstant(), ZoneOffset.UTC);
  }
}
