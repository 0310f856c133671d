package org.mqttintegration.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * From when to when there are messages.
 *
 * @param first the timestamp of the oldest
 * @param last the timestamp of the newest
 */
record HistorySpan(Instant first, Instant last) {

  static Optional<HistorySpan> of(ResultSet row, int number) throws SQLException {
    OffsetDateTime first = row.getObject("first", OffsetDateTime.class);
    OffsetDateTime last = row.getObject("last", OffsetDateTime.class);
    return first == null || last == null
        ? Optional.empty()
        : Optional.of(new HistorySpan(first.toInstant(), last.toInstant()));
  }
}
