package org.mqttintegration.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Tells what happens to messages: their recording, each route that they go through with the targets
 * that it calls, and what is sent. While nothing is to be told, nothing is done.
 */
@Component
public class Traces implements DisposableBean {

  /** The user property and header that carries a trace on. */
  public static final String TRACEPARENT = "traceparent";

  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  private static final AttributeKey<String> TOPIC =
      AttributeKey.stringKey("messaging.destination.name");
  private static final AttributeKey<Long> BROKER = AttributeKey.longKey("mqtt.broker.id");
  private static final AttributeKey<Long> HISTORY = AttributeKey.longKey("mqtt.history.id");
  private static final AttributeKey<Long> SEND = AttributeKey.longKey("mqtt.send.id");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("mqtt.route.id");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("mqtt.send.outcome");

  private volatile @Nullable TraceExport export;

  Traces(TelemetrySettings settings) {
    export = settings.endpoint() == null ? null : TraceExport.to(settings);
  }

  /** From now on traces go there; null for nowhere. */
  void exportTo(@Nullable TraceExport other) {
    TraceExport before = export;
    export = other;
    if (before != null) {
      before.close();
    }
  }

  /** Whether anybody is told. */
  public boolean areOn() {
    return export != null;
  }

  /** A message was received, and is committed now. */
  public void recorded(TracedMessage message) {
    TraceExport to = export;
    if (to != null) {
      to.ids()
          .with(
              MessageIds.of(message),
              () ->
                  about(to, "receive", SpanKind.CONSUMER, message)
                      .setParent(to.brought(message.traceparent()))
                      .setStartTimestamp(message.receivedAt())
                      .startSpan())
          .end();
    }
  }

  /** A route begins to work on a message; null when nobody is told. */
  public @Nullable TraceSpan route(TracedMessage message, String routeId) {
    TraceExport to = export;
    if (to == null) {
      return null;
    }
    Span span =
        about(to, "route " + routeId, SpanKind.CONSUMER, message)
            .setAttribute(ROUTE, routeId)
            .setParent(to.recordingOf(message))
            .startSpan();
    return new TraceSpan(to.tracer(), span);
  }

  /**
   * A send has its outcome.
   *
   * @param traceparent what the message carries on, null for nothing
   */
  public void sent(
      long sendId,
      long brokerId,
      Instant acceptedAt,
      @Nullable String traceparent,
      String outcome,
      boolean delivered) {
    TraceExport to = export;
    if (to == null) {
      return;
    }
    Context parent = to.brought(traceparent);
    Span span =
        to.tracer()
            .spanBuilder("send")
            .setSpanKind(SpanKind.PRODUCER)
            .setAttribute(SYSTEM, "mqtt")
            .setAttribute(BROKER, brokerId)
            .setAttribute(SEND, sendId)
            .setAttribute(OUTCOME, outcome)
            .setParent(parent)
            .setStartTimestamp(acceptedAt)
            .startSpan();
    if (!delivered) {
      span.setStatus(StatusCode.ERROR, outcome);
    }
    span.end();
  }

  private static SpanBuilder about(
      TraceExport to, String name, SpanKind kind, TracedMessage message) {
    return to.tracer()
        .spanBuilder(name)
        .setSpanKind(kind)
        .setAttribute(SYSTEM, "mqtt")
        .setAttribute(TOPIC, message.topic())
        .setAttribute(BROKER, message.brokerId())
        .setAttribute(HISTORY, message.historyId());
  }

  @Override
  public void destroy() {
    exportTo(null);
  }
}
