package org.mqttintegration.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A history of many rows over 30 days, made inside the database. */
final class FilledHistory {

  static final int DAYS = 30;
  static final int SUBSCRIPTIONS = 20;

  /** About ten messages of the whole history came to this topic. */
  static final String RARE_TOPIC = "plant/line7/alarm";

  /** Stands in one of so many payloads. */
  static final int BATCHES = 997;

  private static final String FILL =
      """
      insert into history (id, "timestamp", direction, broker_id, subscription_id, topic, payload, qos, retain,
                           duplicate, subscription_identifier)
      select n, ?::timestamptz + (n - ?) * interval '1 day' / ?, 'receive', 1, 1 + n %% %1$d,
             case when n %% ? = 7 then '%2$s'
                  else 'plant/line' || n %% 50 || '/' || (array['temp', 'pressure', 'speed', 'state'])[1 + n / 50 %% 4]
             end,
             convert_to(rpad('{"sequence":' || n || ',"batch":"B' || n %% %3$d || '","value":' || n %% 1000 || '}',
                             %4$d), 'UTF8'),
             1, false, false, 1 + n %% %1$d
      from generate_series(?::bigint, ?::bigint) n
      """
          .formatted(SUBSCRIPTIONS, RARE_TOPIC, BATCHES, Payloads.SIZE);

  /** As if the product had run since that day. */
  private static final String PARTITIONS =
      """
      do $$
      declare
        first timestamptz := '%s'::timestamp at time zone 'UTC';
        day timestamptz;
      begin
        alter table history detach partition history_early;
        for day in select d from history_extent, generate_series(first, starts - interval '24 hours', '24 hours') d loop
          execute format('create table %%I partition of history for values from (%%L) to (%%L)',
                         'history_' || to_char(day at time zone 'UTC', 'YYYYMMDD'), day, day + interval '24 hours');
        end loop;
        execute format('alter table history attach partition history_early for values from (minvalue) to (%%L)', first);
        update history_extent set starts = first;
      end
      $$
      """;

  private final Database database;
  private final int rows;
  private final OffsetDateTime begin;

  /** Ends in the day before today. */
  FilledHistory(Database database, int rows) {
    this.database = database;
    this.rows = rows;
    this.begin =
        LocalDate.now(ZoneOffset.UTC).minusDays(DAYS).atStartOfDay().atOffset(ZoneOffset.UTC);
  }

  /** Midnight of a day, 0 being the first. */
  OffsetDateTime day(int day) {
    return begin.plusDays(day);
  }

  /** Makes the partitions and the rows, and what autovacuum would have done in 30 days. */
  void fill() throws Exception {
    database.execute(PARTITIONS.formatted(begin.toLocalDate()));
    ExecutorService sessions = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> days = new ArrayList<>();
      for (int day = 0; day < DAYS; day++) {
        int one = day;
        days.add(
            sessions.submit(
                () -> {
                  fill(one);
                  return null;
                }));
      }
      for (Future<?> day : days) {
        day.get();
      }
    } finally {
      sessions.shutdownNow();
    }
    database.execute("select setval('history_id_seq', %d)".formatted(rows + 1L));
    database.execute("vacuum (analyze) history");
    database.execute("checkpoint");
  }

  private void fill(int day) throws SQLException {
    long first = (long) rows * day / DAYS;
    long next = (long) rows * (day + 1) / DAYS;
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement(FILL)) {
      statement.execute("set synchronous_commit = off"); // filling is not measured
      insert.setObject(1, day(day));
      insert.setLong(2, first);
      insert.setLong(3, next - first);
      insert.setLong(4, Math.max(8, rows / 10));
      insert.setLong(5, first);
      insert.setLong(6, next - 1);
      insert.executeUpdate();
    }
  }
}
