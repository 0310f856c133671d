package org.mqttintegration.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TracesTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";
  private static final Instant AT = Instant.parse("2026-11-22T06:00:00.123456Z");

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final Traces traces = new Traces(new TelemetrySettings(null, 1));

  @Test
  void given_no_endpoint_when_messages_come_then_nothing_is_traced() {
    assertThat(traces.areOn()).isFalse();
    assertThat(traces.route(message(1, null), "r")).isNull();
    traces.recorded(message(1, null));
    traces.sent(1, 1, AT, null, "delivered", true);
  }

  @Test
  void given_a_message_without_a_trace_when_it_is_read_from_the_history_then_its_route_goes_on() {
    on(1);

    traces.recorded(message(1, null));
    traces.route(message(1, null), "r").end(null);

    SpanData receive = spans.getFinishedSpanItems().get(0);
    SpanData route = spans.getFinishedSpanItems().get(1);
    assertThat(receive.getParentSpanId()).isEqualTo(SpanId.getInvalid());
    assertThat(route.getTraceId()).isEqualTo(receive.getTraceId());
    assertThat(route.getParentSpanId()).isEqualTo(receive.getSpanId());
    assertThat(route.getSpanId()).isNotEqualTo(receive.getSpanId());
  }

  @Test
  void given_a_message_with_a_trace_when_it_is_recorded_then_it_goes_on_with_that() {
    on(1);

    traces.recorded(message(1, "00-%s-%s-01".formatted(TRACE, PARENT)));
    traces.route(message(1, "00-%s-%s-01".formatted(TRACE, PARENT)), "r").end(new Exception("no"));

    SpanData receive = spans.getFinishedSpanItems().get(0);
    SpanData route = spans.getFinishedSpanItems().get(1);
    assertThat(receive.getTraceId()).isEqualTo(TRACE);
    assertThat(receive.getParentSpanId()).isEqualTo(PARENT);
    assertThat(route.getTraceId()).isEqualTo(TRACE);
    assertThat(route.getParentSpanId()).isEqualTo(receive.getSpanId());
    assertThat(route.getAttributes().get(Traces.ERROR_TYPE)).isEqualTo("java.lang.Exception");
    assertThat(route.toString()).doesNotContain("no\"");
  }

  @Test
  void given_a_trace_that_is_not_sampled_when_its_message_comes_then_nothing_is_told() {
    on(1);

    String quiet = "00-%s-%s-00".formatted(TRACE, PARENT);
    traces.recorded(message(1, quiet));
    traces.route(message(1, quiet), "r").end(null);

    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void given_text_that_is_no_trace_when_its_message_comes_then_it_has_one_of_its_own() {
    on(1);

    for (String wrong : List.of("", "00-xyz", "00-" + "0".repeat(32) + "-" + PARENT + "-01")) {
      traces.recorded(message(1, wrong));
    }

    assertThat(spans.getFinishedSpanItems())
        .hasSize(3)
        .allMatch(span -> span.getParentSpanId().equals(SpanId.getInvalid()));
  }

  @Test
  void given_a_part_to_be_traced_when_messages_come_then_all_of_a_message_is_or_nothing() {
    on(0.5);

    LongStream.range(0, 200)
        .forEach(
            id -> {
              traces.recorded(message(id, null));
              traces.route(message(id, null), "r").end(null);
            });

    List<SpanData> told = spans.getFinishedSpanItems();
    long traced = told.stream().map(SpanData::getTraceId).distinct().count();
    assertThat(traced).isBetween(50L, 150L);
    assertThat(told).hasSize((int) (2 * traced));
  }

  @Test
  void given_an_endpoint_when_a_message_is_recorded_then_it_gets_the_span_by_otlp()
      throws Exception {
    Queue<String> posted = new ConcurrentLinkedQueue<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          posted.add(new String(body, StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try {
      String endpoint = "http://127.0.0.1:%d/v1/traces".formatted(collector.getAddress().getPort());
      Traces sending = new Traces(new TelemetrySettings(URI.create(endpoint), 1));
      assertThat(sending.areOn()).isTrue();

      sending.recorded(message(1, null));
      sending.destroy();

      assertThat(posted).hasSize(1);
      assertThat(posted.peek()).contains("receive", "mqtt-integration", "plant/a");
    } finally {
      collector.stop(0);
    }
  }

  private void on(double sampling) {
    traces.exportTo(new TraceExport(SimpleSpanProcessor.create(spans), sampling));
  }

  private static TracedMessage message(long id, String traceparent) {
    return new TracedMessage(id, 7, "plant/a", AT, traceparent);
  }
}
