package org.mqttintegration.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts together what is stored of schedules and what Quartz has of them. */
@Component
class ScheduleViews {

  /** How many of the next firings are told. */
  private static final int NEXT = 5;

  private final JdbcClient database;

  ScheduleViews(JdbcClient database) {
    this.database = database;
  }

  /**
   * What a schedule's own row does not have.
   *
   * @param next the firing that Quartz has next, however late it is; null when none is to come
   */
  private record Rest(String signalName, @Nullable Instant next) {}

  Schedule of(ScheduleEntity row) {
    return of(List.of(row)).get(0);
  }

  List<Schedule> of(List<ScheduleEntity> rows) {
    Map<Long, Rest> rest = rest(rows.stream().map(ScheduleEntity::id).toList());
    return rows.stream()
        .map(row -> of(row, rest.getOrDefault(row.id(), new Rest("", null))))
        .toList();
  }

  /** The firing that Quartz has next of a schedule, however late it is; null for none. */
  @Nullable Instant next(long id) {
    Rest rest = rest(List.of(id)).get(id);
    return rest == null ? null : rest.next();
  }

  /** While a trigger fires for the last time, Quartz keeps -1 for its next. */
  private Map<Long, Rest> rest(List<Long> ids) {
    Map<Long, Rest> rest = new HashMap<>();
    database
        .sql(
            """
            select s.id, g.name, nullif(t.next_fire_time, -1) next_fire_time
            from schedule s join signal g on g.id = s.signal_id
              left join qrtz_triggers t
                on t.trigger_group = :group and t.trigger_name = cast(s.id as text)
            where s.id = any(:ids)
            """)
        .param("group", Plans.GROUP)
        .param("ids", ids.toArray(Long[]::new))
        .query(
            row -> {
              Long next = row.getObject("next_fire_time", Long.class);
              rest.put(
                  row.getLong("id"),
                  new Rest(
                      row.getString("name"), next == null ? null : Instant.ofEpochMilli(next)));
            });
    return rest;
  }

  private static Schedule of(ScheduleEntity row, Rest rest) {
    ScheduleState state =
        row.paused
            ? ScheduleState.PAUSED
            : rest.next() == null ? ScheduleState.FINISHED : ScheduleState.ACTIVE;
    return new Schedule(
        row.id(),
        row.signalId,
        row.at,
        row.duration(),
        row.cron,
        row.timeZone,
        row.startAt,
        row.endAt,
        row.misfire,
        row.values,
        state,
        state == ScheduleState.ACTIVE ? nextFirings(row, rest.next()) : List.of(),
        row.lastFiredAt,
        row.lastError,
        row.lastErrorAt,
        rest.signalName() + " → " + when(row));
  }

  private static List<Instant> nextFirings(ScheduleEntity row, @Nullable Instant next) {
    Instant firing = Objects.requireNonNull(next);
    ScheduleTrigger trigger = Plans.trigger(row, firing);
    List<Instant> firings = new ArrayList<>();
    for (Instant at = firing; at != null && firings.size() < NEXT; at = trigger.firingAfter(at)) {
      firings.add(at);
    }
    return firings;
  }

  private static String when(ScheduleEntity row) {
    if (row.at != null) {
      return "at " + row.at;
    }
    return row.every != null ? "every " + row.duration() : row.cron + " " + row.timeZone;
  }
}
