package org.mqttintegration.telemetry;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The ids that the recording of a message has in traces. They follow from what the history has of
 * it: whoever reads it there later, on whatever node, knows them.
 *
 * @param traceId of the trace, where the message brings none along
 * @param spanId of the span of its recording
 */
record MessageIds(String traceId, String spanId) {

  static MessageIds of(TracedMessage message) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, message.receivedAt());
    long seed = mixed(mixed(message.historyId()) + mixed(micros) + message.brokerId());
    return new MessageIds(
        TraceId.fromLongs(mixed(seed + 1), mixed(seed + 2)), SpanId.fromLong(mixed(seed + 3)));
  }

  /** The finalizer of SplitMix64: near numbers become far ones. */
  private static long mixed(long number) {
    long mixed = number + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
