package org.mqttintegration.topic;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.PayloadEncoding;

/** The newest message of a topic, with the beginning of its payload: the contract's schema. */
record LastMessage(
    long historyId,
    Instant timestamp,
    String direction,
    int qos,
    boolean retain,
    int payloadSize,
    @Nullable String payloadOmitted,
    String payload,
    PayloadEncoding payloadEncoding,
    boolean payloadCut) {

  /** How many bytes of the payload are shown. */
  static final int SHOWN = 256;

  private static final int LONGEST_CHARACTER = 4;

  static @Nullable LastMessage of(ResultSet row) throws SQLException {
    String direction = row.getString("direction");
    if (direction == null) {
      return null;
    }
    byte[] beginning = row.getBytes("payload");
    int stored = row.getInt("stored_size");
    boolean cut = stored > beginning.length;
    byte[] shown = cut ? wholeCharacters(beginning) : beginning;
    PayloadEncoding encoding = PayloadEncoding.of(shown);
    Integer size = row.getObject("payload_size", Integer.class);
    return new LastMessage(
        row.getLong("last_id"),
        row.getObject("last_timestamp", OffsetDateTime.class).toInstant(),
        direction,
        row.getInt("qos"),
        row.getBoolean("retain"),
        size == null ? stored : size,
        row.getString("payload_omitted"),
        encoding.encode(shown),
        encoding,
        cut);
  }

  /** Without the beginning of a character of UTF-8 at the end, if the rest is UTF-8. */
  private static byte[] wholeCharacters(byte[] beginning) {
    for (int less = 0; less < Math.min(LONGEST_CHARACTER, beginning.length); less++) {
      byte[] part = Arrays.copyOf(beginning, beginning.length - less);
      if (PayloadEncoding.of(part) == PayloadEncoding.UTF8) {
        return part;
      }
    }
    return beginning;
  }
}
