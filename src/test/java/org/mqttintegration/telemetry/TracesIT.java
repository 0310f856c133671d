package org.mqttintegration.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;

/** A trace from a message through its commit, a route and its targets, back to the broker. */
@IntegrationTest
class TracesIT {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  @Autowired RestApi api;
  @Autowired LocalBroker local;
  @Autowired Traces traces;

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final Queue<String> headers = new ConcurrentLinkedQueue<>();
  private HttpServer target;
  private long broker;
  private MqttTestClient client;

  @BeforeEach
  void aBridge() throws Exception {
    traces.exportTo(new TraceExport(SimpleSpanProcessor.create(spans), 1));
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          headers.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    target.start();
    broker =
        api.create(
            "/brokers", Map.of("name", "Traces", "host", local.host(), "port", local.port()));
    api.subscribe(broker, "traces/#", 1);
    String file =
        """
        - route:
            id: traces-route
            description: Of the test of traces
            from:
              uri: signal:receive?broker=Traces&topic=traces/in&durable=traces-route
              steps:
                - to:
                    uri: http://127.0.0.1:%d/target
                - to:
                    uri: signal:send?broker=Traces&topic=traces/out&qos=1
        """
            .formatted(target.getAddress().getPort());
    api.send("PUT", "/route-files/traces.camel.yaml", file, Map.of("Content-Type", "text/yaml"))
        .expect(200);
    client = MqttTestClient.connect(local.uri());
    client.subscribe("traces/out", 1);
  }

  @AfterEach
  void noBridge() throws Exception {
    traces.exportTo(null);
    client.close();
    target.stop(0);
    api.delete("/route-files/traces.camel.yaml").expect(204);
    api.delete("/positions/traces-route").expect(204);
    api.delete("/brokers/" + broker + "?cascade=true").expect(204);
  }

  @Test
  void given_a_message_with_a_trace_when_it_goes_to_targets_and_back_then_all_is_one_trace()
      throws Exception {
    MqttProperties properties = new MqttProperties();
    String brought = "00-%s-%s-01".formatted(TRACE, PARENT);
    properties.setUserProperties(List.of(new UserProperty("traceparent", brought)));
    client.publish("traces/in", "secret-1".getBytes(), 1, false, properties);

    await().until(() -> ours().size() == 6);

    SpanData in = one(span -> isReceive(span, "traces/in"));
    SpanData route = one(span -> span.getName().equals("route traces-route"));
    SpanData http = one(span -> span.getName().startsWith("http:"));
    SpanData signal = one(span -> span.getName().equals("signal:send"));
    SpanData send = one(span -> span.getName().equals("send"));
    SpanData out = one(span -> isReceive(span, "traces/out"));
    assertThat(in.getParentSpanId()).isEqualTo(PARENT);
    assertThat(route.getParentSpanId()).isEqualTo(in.getSpanId());
    assertThat(http.getParentSpanId()).isEqualTo(route.getSpanId());
    assertThat(signal.getParentSpanId()).isEqualTo(route.getSpanId());
    assertThat(send.getParentSpanId()).isEqualTo(signal.getSpanId());
    assertThat(out.getParentSpanId()).isEqualTo(signal.getSpanId());
    assertThat(headers).containsExactly(traceparent(http));
    assertThat(client.await(1).get(0).properties().getUserProperties())
        .filteredOn(property -> property.getKey().equals("traceparent"))
        .extracting(UserProperty::getValue)
        .containsExactly(traceparent(signal));
    assertThat(route.getAttributes().get(AttributeKey.longKey("mqtt.history.id"))).isPositive();
    assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("secret-1");
  }

  @Test
  void given_traces_are_off_when_a_message_goes_on_then_it_is_as_it_was() throws Exception {
    traces.exportTo(null);
    MqttProperties properties = new MqttProperties();
    properties.setUserProperties(List.of(new UserProperty("traceparent", "as it was")));
    client.publish("traces/in", "2".getBytes(), 1, false, properties);

    assertThat(client.await(1).get(0).properties().getUserProperties())
        .anyMatch(property -> property.getValue().equals("as it was"));
    assertThat(headers).containsExactly("null");
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  private static boolean isReceive(SpanData span, String topic) {
    return span.getName().equals("receive")
        && topic.equals(
            span.getAttributes().get(AttributeKey.stringKey("messaging.destination.name")));
  }

  private static String traceparent(SpanData span) {
    return "00-%s-%s-01".formatted(span.getTraceId(), span.getSpanId());
  }

  private List<SpanData> ours() {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getTraceId().equals(TRACE))
        .toList();
  }

  private SpanData one(Predicate<SpanData> which) {
    List<SpanData> found = ours().stream().filter(which).toList();
    assertThat(found).as(ours().toString()).hasSize(1);
    return found.get(0);
  }
}
