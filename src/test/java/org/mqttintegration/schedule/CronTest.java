package org.mqttintegration.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

class CronTest {

  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe", // by half an hour
          "America/Sao_Paulo", // at midnight, until 2019
          "Asia/Beirut", // at midnight
          "Pacific/Apia", // left out a day in 2011
          "Asia/Kolkata",
          "UTC",
          "+05:45");

  /** Why Quartz's own is not used; should it fail some day, it may be. */
  @Test
  void given_the_hour_that_comes_twice_when_quartz_computes_it_then_it_leaves_out_one()
      throws Exception {
    CronExpression quartz = new CronExpression("* * * * * ?");
    quartz.setTimeZone(TimeZone.getTimeZone("Europe/Berlin"));
    Instant end = Instant.parse("2026-10-25T01:30:00Z");
    int firings = 0;
    Date firing = quartz.getTimeAfter(Date.from(Instant.parse("2026-10-24T23:29:59Z")));
    while (firing.toInstant().isBefore(end)) {
      firings++;
      firing = quartz.getTimeAfter(firing);
    }

    assertThat(firings).isEqualTo(3_600); // of the 7,200 seconds in it
  }

  /** The changes of a zone from 2010 to 2030. */
  private static List<ZoneOffsetTransition> changes(ZoneId zone) {
    List<ZoneOffsetTransition> changes = new ArrayList<>();
    Instant from = Instant.parse("2011-06-01T00:00:00Z");
    ZoneOffsetTransition change = zone.getRules().nextTransition(from);
    while (change != null && change.getInstant().isBefore(Instant.parse("2020-01-01T00:00:00Z"))) {
      changes.add(change);
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return changes;
  }

  static Stream<String> zones() {
    return ZONES.stream();
  }

  @ParameterizedTest
  @MethodSource("zones")
  void given_every_second_when_the_clocks_change_then_each_elapsed_second_fires(String zone)
      throws Exception {
    Cron cron = new Cron("* * * * * ?", ZoneId.of(zone));
    List<Instant> around = new ArrayList<>(List.of(Instant.parse("2026-05-05T12:00:00Z")));
    changes(ZoneId.of(zone)).stream()
        .filter(change -> change.getInstant().isAfter(Instant.parse("2025-01-01T00:00:00Z")))
        .forEach(change -> around.add(change.getInstant()));
    for (Instant change : around) {
      Instant second = change.minus(Duration.ofMinutes(90));
      for (int i = 0; i < 3 * 3_600; i++) {
        assertThat(cron.after(second)).isEqualTo(second.plusSeconds(1));
        second = second.plusSeconds(1);
      }
    }
  }

  /** What has a wildcard for hours fires at each instant whose wall time the expression has. */
  @ParameterizedTest
  @ValueSource(strings = {"0 0 * * * ?", "0 */7 * * * ?", "0 15,45 */2 * * ?", "30 59 * 25 * ?"})
  void given_any_hour_when_the_clocks_change_then_every_instant_with_its_wall_time_fires(
      String expression) throws Exception {
    for (String zone : ZONES) {
      ZoneId id = ZoneId.of(zone);
      Cron cron = new Cron(expression, id);
      CronExpression wall = utc(expression);
      for (ZoneOffsetTransition change : changes(id)) {
        Instant from = change.getInstant().minus(Duration.ofHours(5));
        Instant to = change.getInstant().plus(Duration.ofHours(5));
        List<Instant> expected = new ArrayList<>();
        for (Instant at = from; at.isBefore(to); at = at.plusSeconds(30)) {
          if (wall.isSatisfiedBy(
              Date.from(
                  id.getRules().getOffset(at).equals(ZoneOffset.UTC)
                      ? at
                      : LocalDateTime.ofInstant(at, id).toInstant(ZoneOffset.UTC)))) {
            expected.add(at);
          }
        }
        assertThat(firings(cron, from, to)).as("%s %s", zone, change).isEqualTo(expected);
      }
    }
  }

  /** What names hours fires once for each of its wall times, those of a gap together at its end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 30 2 * * ?", "0 0/10 1,2,3 * * ?", "0 45 0,1,2,23 * * ?", "0 0 0 * * ?"})
  void given_named_hours_when_the_clocks_change_then_each_wall_time_fires_once(String expression)
      throws Exception {
    for (String zone : ZONES) {
      ZoneId id = ZoneId.of(zone);
      Cron cron = new Cron(expression, id);
      CronExpression wall = utc(expression);
      for (ZoneOffsetTransition change : changes(id)) {
        Instant from = change.getInstant().minus(Duration.ofHours(30));
        Instant to = change.getInstant().plus(Duration.ofHours(30));
        TreeSet<Instant> expected = new TreeSet<>();
        LocalDateTime last = LocalDateTime.ofInstant(to, id);
        for (LocalDateTime at = LocalDateTime.ofInstant(from, id);
            !at.isAfter(last);
            at = at.plusMinutes(1)) {
          if (wall.isSatisfiedBy(Date.from(at.toInstant(ZoneOffset.UTC)))) {
            expected.add(once(at, id));
          }
        }
        expected.removeIf(at -> at.isBefore(from) || !at.isBefore(to));
        assertThat(firings(cron, from, to))
            .as("%s %s", zone, change)
            .containsExactlyElementsOf(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0 30 2 * * ?, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z",
    "0 30 2 * * ?, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
    "* * 2 * * ?,  2026-03-29T00:00:00Z, 2026-03-29T01:00:00Z",
    "* * 2 * * ?,  2026-03-29T01:00:00Z, 2026-03-30T00:00:00Z",
    "'0 0 2,3 * * ?', 2026-03-29T01:00:00Z, 2026-03-30T00:00:00Z",
    "0 30 2 * * ?, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z",
    "0 30 2 * * ?, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
    "* * 2 * * ?,  2026-10-25T00:59:59Z, 2026-10-26T01:00:00Z",
    "0 30 * * * ?, 2026-10-25T00:30:00Z, 2026-10-25T01:30:00Z",
    "0 30 * * * ?, 2026-03-29T00:30:00Z, 2026-03-29T01:30:00Z"
  })
  void given_berlin_when_the_clocks_change_then_it_fires_at(
      String expression, Instant after, Instant firing) throws Exception {
    assertThat(new Cron(expression, ZoneId.of("Europe/Berlin")).after(after)).isEqualTo(firing);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0 0 0 30 2 ?", "0 0 * 31 2,4 ?", "0 0 12 1 1 ? 2020", "* * * 1 1 ? 2020"})
  @Timeout(10)
  void given_times_that_never_come_when_asked_then_there_is_none(String expression)
      throws Exception {
    assertThat(
            new Cron(expression, ZoneId.of("Europe/Berlin"))
                .after(Instant.parse("2026-01-01T00:00:00Z")))
        .isNull();
  }

  @Test
  void given_a_time_many_years_ahead_when_asked_then_it_is_found() throws Exception {
    assertThat(
            new Cron("0 0 */12 29 2 ? 2096", ZoneId.of("Europe/Berlin"))
                .after(Instant.parse("2026-01-01T00:00:00Z")))
        .isEqualTo("2096-02-28T23:00:00Z");
  }

  private static CronExpression utc(String expression) throws ParseException {
    CronExpression utc = new CronExpression(expression);
    utc.setTimeZone(TimeZone.getTimeZone("UTC"));
    return utc;
  }

  private static Instant once(LocalDateTime wall, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(wall);
    return change != null && change.isGap()
        ? change.getInstant()
        : wall.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }

  private static List<Instant> firings(Cron cron, Instant from, Instant to) {
    List<Instant> firings = new ArrayList<>();
    Instant firing = cron.after(from.minusMillis(1));
    while (firing != null && firing.isBefore(to)) {
      firings.add(firing);
      firing = cron.after(firing);
    }
    return firings;
  }
}
