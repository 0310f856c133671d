package org.mqttintegration.telemetry;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ids of spans: random ones, but for what a thread chooses for a span that it begins. */
final class ChosenIds implements IdGenerator {

  private final IdGenerator random = IdGenerator.random();
  private final ThreadLocal<@Nullable MessageIds> chosen = new ThreadLocal<>();

  /** Begins something whose ids are these. */
  <T> T with(MessageIds ids, Supplier<T> begin) {
    chosen.set(ids);
    try {
      return Objects.requireNonNull(begin.get());
    } finally {
      chosen.remove();
    }
  }

  @Override
  public String generateSpanId() {
    MessageIds ids = chosen.get();
    return ids == null ? random.generateSpanId() : ids.spanId();
  }

  @Override
  public String generateTraceId() {
    MessageIds ids = chosen.get();
    return ids == null ? random.generateTraceId() : ids.traceId();
  }
}
