package org.mqttintegration.history;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives out ids of history rows, rising, a thousand for each round trip to the database: the
 * sequence {@code history_id_seq} steps by a block, and its value is the first id of the block.
 */
@Component
class HistoryIds {

  /** How far the sequence steps, as the migration made it. */
  static final int BLOCK = 1000;

  private final JdbcClient database;
  private long next;
  private long end;

  HistoryIds(JdbcClient database) {
    this.database = database;
  }

  /** The next id. Asks the database once in a while, and fails as it does. */
  long next() {
    long id = take();
    while (id < 0) {
      // not under the lock: a caller that waits for a connection must not hold up the others
      refill(database.sql("select nextval('history_id_seq')").query(Long.class).single());
      id = take();
    }
    return id;
  }

  private synchronized long take() {
    return next < end ? next++ : -1;
  }

  private synchronized void refill(long first) {
    // two callers may have asked; the lower block's rest is given up, so that ids keep rising
    if (first >= end) {
      next = first;
      end = first + BLOCK;
    }
  }
}
