package org.mqttintegration.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where traces go, and which of them. */
final class TraceExport implements AutoCloseable {

  private static final String NAME = "mqtt-integration";

  private static final TextMapGetter<String> TRACEPARENT_ONLY =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
          return List.of(Traces.TRACEPARENT);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
          return key.equals(Traces.TRACEPARENT) ? carrier : null;
        }
      };

  private final ChosenIds ids = new ChosenIds();
  private final Sampler withoutParent;
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * Goes to a processor.
   *
   * @param sampling which part of the messages that bring no trace along, from 0 to 1
   */
  TraceExport(SpanProcessor processor, double sampling) {
    withoutParent = Sampler.traceIdRatioBased(sampling);
    provider =
        SdkTracerProvider.builder()
            .setIdGenerator(ids)
            .setSampler(Sampler.parentBased(withoutParent))
            .setResource(Resource.getDefault().toBuilder().put("service.name", NAME).build())
            .addSpanProcessor(processor)
            .build();
    tracer = provider.get(NAME);
  }

  /** By OTLP, in batches, apart from who tells; what the endpoint does not take is lost. */
  static TraceExport to(TelemetrySettings settings) {
    String endpoint = Objects.requireNonNull(settings.endpoint()).toString();
    return new TraceExport(
        BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build())
            .build(),
        settings.sampling());
  }

  ChosenIds ids() {
    return ids;
  }

  Tracer tracer() {
    return tracer;
  }

  /** What a message brings along; the root when that is nothing, or not well-formed. */
  Context brought(@Nullable String traceparent) {
    return traceparent == null
        ? Context.root()
        : W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), traceparent, TRACEPARENT_ONLY);
  }

  /** The span of a message's recording, which others go on from. */
  Context recordingOf(TracedMessage message) {
    MessageIds derived = MessageIds.of(message);
    SpanContext parent = Span.fromContext(brought(message.traceparent())).getSpanContext();
    String traceId = parent.isValid() ? parent.getTraceId() : derived.traceId();
    TraceFlags flags =
        parent.isValid()
            ? parent.getTraceFlags()
            : isSampled(traceId) ? TraceFlags.getSampled() : TraceFlags.getDefault();
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.create(traceId, derived.spanId(), flags, TraceState.getDefault())));
  }

  private boolean isSampled(String traceId) {
    return withoutParent
            .shouldSample(
                Context.root(), traceId, "", SpanKind.CONSUMER, Attributes.empty(), List.of())
            .getDecision()
        == SamplingDecision.RECORD_AND_SAMPLE;
  }

  @Override
  public void close() {
    provider.close();
  }
}
