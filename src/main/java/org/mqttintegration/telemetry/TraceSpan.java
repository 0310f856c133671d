package org.mqttintegration.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/** A part of a message's way that goes on. */
public final class TraceSpan {

  private final Tracer tracer;
  private final Span span;

  TraceSpan(Tracer tracer, Span span) {
    this.tracer = tracer;
    this.span = span;
  }

  /** A part of this one: a target is called. */
  public TraceSpan call(String target) {
    Span call =
        tracer
            .spanBuilder(target)
            .setSpanKind(SpanKind.CLIENT)
            .setParent(Context.root().with(span))
            .startSpan();
    return new TraceSpan(tracer, call);
  }

  /** What names it to others (W3C Trace Context). */
  public String traceparent() {
    SpanContext context = span.getSpanContext();
    return "00-%s-%s-%s"
        .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex());
  }

  /** The trace's id. */
  public String traceId() {
    return span.getSpanContext().getTraceId();
  }

  /** Its own id. */
  public String spanId() {
    return span.getSpanContext().getSpanId();
  }

  /**
   * It has ended.
   *
   * @param failure of which the class is told, as its message may quote payloads; null when all
   *     went well
   */
  public void end(@Nullable Throwable failure) {
    if (failure != null) {
      span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
      span.setAttribute(Traces.ERROR_TYPE, failure.getClass().getName());
    }
    span.end();
  }
}
