package org.mqttintegration.topic;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A level of the tree: the contract's {@code Topic}. */
record Topic(
    String path,
    String name,
    boolean children,
    long topics,
    long messages,
    long ownMessages,
    Instant lastAt,
    @Nullable LastMessage last) {

  static Topic of(ResultSet row, int number) throws SQLException {
    long own = row.getLong("own_messages");
    long topics = row.getLong("topics");
    return new Topic(
        row.getString("path"),
        row.getString("name"),
        topics > (own > 0 ? 1 : 0),
        topics,
        row.getLong("messages"),
        own,
        row.getObject("last_at", OffsetDateTime.class).toInstant(),
        LastMessage.of(row));
  }
}
