package org.mqttintegration.bench;

import java.sql.SQLException;
import java.time.Duration;

/**
 * One contestant's turn at recording.
 *
 * @param messages how many it recorded
 * @param seconds from being let go until its last row was committed
 * @param cpuPer100k what a hundred thousand messages cost
 */
record Turn(int messages, double seconds, Cpu cpuPer100k) {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final long POLL_MILLIS = 200;

  double perSecond() {
    return messages / seconds;
  }

  double ownCpuPer100k() {
    return cpuPer100k.own();
  }

  double databaseCpuPer100k() {
    return cpuPer100k.database();
  }

  double brokerCpuPer100k() {
    return cpuPer100k.broker();
  }

  double bothCpuPer100k() {
    return ownCpuPer100k() + databaseCpuPer100k();
  }

  /**
   * Fills the contestant's queue at the broker while it is paused, lets it go, and counts its rows.
   */
  static Turn take(Laboratory laboratory, Contestant contestant, int messages) throws Exception {
    Database database = contestant.database();
    database.execute("truncate " + contestant.table());
    database.execute("checkpoint");
    contestant.pause();
    Load.publishAll(laboratory.broker(), contestant.topic(), messages);
    Cpu before = Cpu.now(laboratory, contestant.cpuSeconds());
    long begin = Payloads.nowMicros();
    contestant.resume();
    contestant.awaitEnd();
    Cpu after = awaitRows(laboratory, contestant, messages);
    checkRows(contestant, messages);
    return new Turn(
        messages,
        (lastCommit(contestant) - begin) / 1e6,
        after.since(before).per(messages / 100_000.0));
  }

  /**
   * Counts only when the database has nothing to write, since counting costs it time. Tells what
   * all had used before the count.
   */
  private static Cpu awaitRows(Laboratory laboratory, Contestant contestant, int messages)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    String before = "";
    while (System.nanoTime() < deadline) {
      String now = contestant.database().value("select pg_current_wal_insert_lsn()");
      if (now.equals(before)) {
        Cpu used = Cpu.now(laboratory, contestant.cpuSeconds());
        if (rows(contestant) >= messages) {
          return used;
        }
      }
      before = now;
      Thread.sleep(POLL_MILLIS);
    }
    throw new IllegalStateException(
        "%s stored %d of %d messages".formatted(contestant.name(), rows(contestant), messages));
  }

  private static long rows(Contestant contestant) throws SQLException {
    return contestant.database().count("select count(*) from " + contestant.table());
  }

  private static void checkRows(Contestant contestant, int messages) throws SQLException {
    long rows = rows(contestant);
    long different =
        contestant.database().count("select count(distinct payload) from " + contestant.table());
    if (rows != messages || different != messages) {
      throw new IllegalStateException(
          "%s stored %d rows of %d different messages, %d were sent"
              .formatted(contestant.name(), rows, different, messages));
    }
  }

  /** When PostgreSQL noted the last commit, by the machine's one clock, in microseconds. */
  private static long lastCommit(Contestant contestant) throws SQLException {
    return contestant
        .database()
        .count(
            "select (extract(epoch from max(pg_xact_commit_timestamp(xmin))) * 1000000)::bigint"
                + " from "
                + contestant.table());
  }
}
