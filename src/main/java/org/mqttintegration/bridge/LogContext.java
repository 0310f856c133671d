package org.mqttintegration.bridge;

import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.RecordedMessage;
import org.mqttintegration.telemetry.TraceSpan;
import org.slf4j.MDC;

/** Has whatever a thread logs say which message of the history it works on, and in which route. */
final class LogContext implements AutoCloseable {

  private static final String BROKER = "brokerId";
  private static final String HISTORY = "historyId";
  private static final String ROUTE = "routeId";
  private static final String TRACE = "traceId";
  private static final String SPAN = "spanId";

  private LogContext() {}

  static LogContext of(RecordedMessage message, String routeId, @Nullable TraceSpan span) {
    MDC.put(BROKER, Long.toString(message.brokerId()));
    MDC.put(HISTORY, Long.toString(message.id()));
    MDC.put(ROUTE, routeId);
    if (span != null) {
      MDC.put(TRACE, span.traceId());
      MDC.put(SPAN, span.spanId());
    }
    return new LogContext();
  }

  @Override
  public void close() {
    MDC.remove(BROKER);
    MDC.remove(HISTORY);
    MDC.remove(ROUTE);
    MDC.remove(TRACE);
    MDC.remove(SPAN);
  }
}
