package org.mqttintegration.history;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.RequestParameters;

/**
 * Where a page ended: the next one begins below this row.
 *
 * @param timestamp the row's timestamp
 * @param id the row's id
 */
record HistoryCursor(Instant timestamp, long id) {

  private static final byte VERSION = 1;
  private static final int LENGTH = 1 + Long.BYTES + Long.BYTES;

  /** As callers carry it. */
  String encoded() {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, timestamp);
    byte[] bytes = ByteBuffer.allocate(LENGTH).put(VERSION).putLong(micros).putLong(id).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads what {@link #encoded} wrote.
   *
   * @throws ProblemException invalid {@code cursor} when it is anything else
   */
  static HistoryCursor decode(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() == LENGTH && bytes.get() == VERSION) {
        Instant timestamp = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
        if (RequestParameters.isStorable(timestamp)) {
          return new HistoryCursor(timestamp, bytes.getLong());
        }
      }
    } catch (IllegalArgumentException e) {
      // no base64: said below
    }
    throw ProblemException.invalid("cursor", "This is no nextCursor of an earlier page.");
  }
}
