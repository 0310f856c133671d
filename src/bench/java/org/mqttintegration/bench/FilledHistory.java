package org.mqttintegration.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A history of many rows over some days, made inside the database: as if the product had run since
 * the first of them.
 */
final class FilledHistory {

  static final int SUBSCRIPTIONS = 20;

  /** About ten messages of the whole history came to this topic. */
  static final String RARE_TOPIC = "plant/line7/alarm";

  /** Stands in one of so many payloads. */
  static final int BATCHES = 997;

  /** Messages of one transaction. */
  static final int COMMIT = 100;

  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'history_'yyyyMMdd");

  private static final String FILL =
      """
      insert into %5$s (id, "timestamp", direction, broker_id, subscription_id, topic, payload, qos, retain,
                        duplicate, subscription_identifier)
      select n, ?::timestamptz + (n - ?) * interval '1 day' / ?, 'receive', 1, 1 + n %% %1$d,
             case when n %% ? = 7 then '%2$s'
                  else 'plant/line' || n %% 50 || '/' || (array['temp', 'pressure', 'speed', 'state'])[1 + n / 50 %% 4]
             end,
             convert_to(rpad('{"sequence":' || n || ',"batch":"B' || n %% %3$d || '","value":' || n %% 1000 || '}',
                             %4$d), 'UTF8'),
             1, false, false, 1 + n %% %1$d
      from generate_series(?::bigint, ?::bigint) n
      """;

  /** The history's indexes, made when the rows are there: much faster than row by row. */
  private static final String INDEXES =
      """
      do $$
      declare
        made record;
      begin
        alter table %1$s add primary key ("timestamp", id);
        for made in
          select indexname, indexdef from pg_indexes where tablename = 'history' and indexname <> 'history_pkey'
        loop
          execute replace(replace(made.indexdef, ' ON ONLY public.history ', ' ON public.%1$s '),
                          'INDEX ' || made.indexname || ' ', 'INDEX %1$s_' || made.indexname || ' ');
        end loop;
      end
      $$
      """;

  private static final String COMMITS =
      """
      insert into history_commit (first_id, last_id, first_timestamp, last_timestamp, messages, committed_at)
      select first, last, begun, ended, last - first + 1, ended
      from (select n as first, least(n + %1$d, %3$d) - 1 as last
            from generate_series(%2$d::bigint, %3$d - 1, %1$d) n) run,
           lateral (select timestamptz '%4$s' + (first - %2$d) * interval '1 day' / (%3$d - %2$d) as begun,
                           timestamptz '%4$s' + (last - %2$d) * interval '1 day' / (%3$d - %2$d) as ended) times
      order by first
      """;

  private final Database database;
  private final int rows;
  private final int days;
  private final OffsetDateTime begin;

  /** Ends where the daily partitions of the application begin, which is today. */
  FilledHistory(Database database, int rows, int days) throws SQLException {
    this.database = database;
    this.rows = rows;
    this.days = days;
    this.begin =
        LocalDate.parse(
                database.value("select (starts at time zone 'UTC')::date from history_extent"))
            .minusDays(days)
            .atStartOfDay()
            .atOffset(ZoneOffset.UTC);
  }

  /** Midnight of a day, 0 being the first. */
  OffsetDateTime day(int day) {
    return begin.plusDays(day);
  }

  int days() {
    return days;
  }

  /** The first row of a day, which is also its id. */
  long first(int day) {
    return (long) rows * day / days;
  }

  /** Makes the partitions and the rows, and what autovacuum would have done meanwhile. */
  void fill() throws Exception {
    database.execute("alter table history detach partition history_early");
    ExecutorService sessions = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> filled = new ArrayList<>();
      for (int day = 0; day < days; day++) {
        int one = day;
        filled.add(
            sessions.submit(
                () -> {
                  fill(one);
                  return null;
                }));
      }
      for (Future<?> day : filled) {
        day.get();
      }
    } finally {
      sessions.shutdownNow();
    }
    database.execute(
        "alter table history attach partition history_early for values from (minvalue) to ('%s')"
            .formatted(begin));
    database.execute("update history_extent set starts = '%s'".formatted(begin));
    database.execute("select setval('history_id_seq', %d)".formatted(rows + 1L));
    commit();
  }

  /** A day in one transaction: a table that is as new as its rows needs no log of them. */
  private void fill(int day) throws SQLException {
    String table = NAME.format(day(day));
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set synchronous_commit = off"); // filling is not measured
      statement.execute("set maintenance_work_mem = '512MB'");
      connection.setAutoCommit(false);
      statement.execute(
          "create table %s (like history including all excluding indexes)".formatted(table));
      insert(connection, table, day);
      statement.execute(INDEXES.formatted(table));
      statement.execute(
          "alter table history attach partition %s for values from ('%s') to ('%s')"
              .formatted(table, day(day), day(day + 1)));
      connection.commit();
      connection.setAutoCommit(true);
      statement.execute("vacuum (freeze, analyze) " + table);
    }
  }

  private void insert(Connection connection, String table, int day) throws SQLException {
    long first = first(day);
    long next = first(day + 1);
    String sql = FILL.formatted(SUBSCRIPTIONS, RARE_TOPIC, BATCHES, Payloads.SIZE, table);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setObject(1, day(day));
      insert.setLong(2, first);
      insert.setLong(3, next - first);
      insert.setLong(4, Math.max(8, rows / 10));
      insert.setLong(5, first);
      insert.setLong(6, next - 1);
      insert.executeUpdate();
    }
  }

  /** Notes the commits in their order. All are counted but those of the last day, which are now. */
  private void commit() throws SQLException {
    for (int day = 0; day < days; day++) {
      if (day == days - 1) {
        database.execute(
            "update topic_position set commit = (select coalesce(max(position), 0) from history_commit)");
      }
      database.execute(COMMITS.formatted(COMMIT, first(day), first(day + 1), day(day)));
    }
    while (database.count("select topic_follow(100000)") > 0) {
      // as the application does in the background
    }
    database.execute("vacuum (freeze, analyze) history_commit");
    database.execute("vacuum (freeze, analyze) topic_node");
    database.execute("checkpoint");
  }
}
