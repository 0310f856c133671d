package org.mqttintegration.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * One contestant's turn at recording.
 *
 * @param messages how many it recorded
 * @param seconds from being let go until its last row was committed
 * @param ownCpu its CPU seconds
 * @param databaseCpu PostgreSQL's in that time
 * @param brokerCpu the broker's
 */
record Turn(int messages, double seconds, double ownCpu, double databaseCpu, double brokerCpu) {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int TOPICS = 10;

  double perSecond() {
    return messages / seconds;
  }

  double ownCpuPer100k() {
    return ownCpu / messages * 100_000;
  }

  double databaseCpuPer100k() {
    return databaseCpu / messages * 100_000;
  }

  double brokerCpuPer100k() {
    return brokerCpu / messages * 100_000;
  }

  double cpuPer100k() {
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
    queue(laboratory.broker(), contestant.topic(), messages);
    double own = contestant.cpuSeconds();
    double shared = laboratory.postgres().cpuSeconds();
    double broker = laboratory.broker().cpuSeconds();
    long begin = Payloads.nowMicros();
    contestant.resume();
    contestant.awaitEnd();
    awaitRows(contestant, messages);
    own = contestant.cpuSeconds() - own;
    shared = laboratory.postgres().cpuSeconds() - shared;
    broker = laboratory.broker().cpuSeconds() - broker;
    return new Turn(messages, (lastCommit(contestant) - begin) / 1e6, own, shared, broker);
  }

  private static void queue(Broker broker, String topic, int messages)
      throws IOException, InterruptedException {
    try (Load load = new Load(broker.port(), "load")) {
      for (int i = 0; i < messages; i++) {
        load.publish(topic + "/line" + i % TOPICS, Payloads.of(i));
      }
      load.awaitAnswers();
    }
  }

  /** Counts only when the database has nothing to write, since counting costs it time. */
  private static void awaitRows(Contestant contestant, int messages)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    String before = "";
    while (System.nanoTime() < deadline) {
      String now = contestant.database().value("select pg_current_wal_insert_lsn()");
      if (now.equals(before) && rows(contestant) >= messages) {
        checkRows(contestant, messages);
        return;
      }
      before = now;
      Thread.sleep(200);
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
