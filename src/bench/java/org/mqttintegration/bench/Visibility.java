package org.mqttintegration.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the history every millisecond for rows that were not there before, as any other reader sees
 * them, and notes how long after it was sent each message came to light.
 *
 * <p>Relies on ids that rise with the commits; a row that breaks this is never seen, and the count
 * tells.
 */
final class Visibility implements Callable<double[]> {

  private static final long PAUSE_NANOS = 1_000_000;

  private final Database database;
  private final double[] millis;
  private final AtomicInteger seen = new AtomicInteger();
  private volatile boolean stopped;

  /** Looks for messages with the numbers 0 to {@code messages} - 1. */
  Visibility(Database database, int messages) {
    this.database = database;
    this.millis = new double[messages];
  }

  int seen() {
    return seen.get();
  }

  void stop() {
    stopped = true;
  }

  /** Milliseconds from sent to visible, by the messages' numbers. */
  @Override
  public double[] call() throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement rows =
            connection.prepareStatement(
                """
                select id, substring(payload from 1 for %d) from history
                where id > ? and "timestamp" > now() - interval '5 minutes'
                  and "timestamp" < now() + interval '1 minute'
                """
                    .formatted(Payloads.HEAD))) {
      long last = database.count("select coalesce(max(id), 0) from history");
      while (!stopped && seen.get() < millis.length) {
        rows.setLong(1, last);
        try (ResultSet result = rows.executeQuery()) {
          last = Math.max(last, note(result));
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      return millis;
    }
  }

  private long note(ResultSet rows) throws SQLException {
    long now = Payloads.nowMicros();
    long last = 0;
    while (rows.next()) {
      last = Math.max(last, rows.getLong(1));
      byte[] head = rows.getBytes(2);
      millis[Payloads.number(head)] = (now - Payloads.sentAt(head)) / 1e3;
      seen.incrementAndGet();
    }
    return last;
  }
}
