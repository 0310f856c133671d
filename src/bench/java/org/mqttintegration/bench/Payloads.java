package org.mqttintegration.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Payloads of 120 bytes of plain text, each different, that tell when they were sent. */
final class Payloads {

  static final int SIZE = 120;

  private static final int TIME = 16;
  private static final int NUMBER = 8;
  private static final String REST =
      ",\"unit\":\"mm/s\",\"state\":\"running\",\"line\":\"packing\"";

  /** The part of a payload that {@link #sentAt} and {@link #number} read. */
  static final int HEAD = TIME + 1 + NUMBER;

  private Payloads() {}

  /** The payload of a message that is sent now. */
  static byte[] of(int number) {
    String head = String.format("%0" + TIME + "d %0" + NUMBER + "d", nowMicros(), number);
    StringBuilder text = new StringBuilder(head).append(REST);
    while (text.length() < SIZE) {
      text.append('.');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Microseconds since 1970 by the machine's clock. */
  static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  static long sentAt(byte[] payload) {
    return digits(payload, 0, TIME);
  }

  static int number(byte[] payload) {
    return (int) digits(payload, TIME + 1, NUMBER);
  }

  private static long digits(byte[] payload, int from, int count) {
    return Long.parseLong(new String(payload, from, count, StandardCharsets.US_ASCII));
  }
}
