package org.mqttintegration.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.send.Publish;

class SignalEndpointTest {

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final List<Publish> published = new ArrayList<>();

  @BeforeEach
  void startCamel() throws Exception {
    camel.addComponent("signal", new SignalComponent());
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:publish")
                .errorHandler(noErrorHandler())
                .process(e -> published.add(e.getMessage().getBody(Publish.class)))
                .filter(e -> published.get(0).topic().equals("refused"))
                .throwException(new ProblemException(ProblemType.BROKER_REFUSED, "no"));
          }
        });
    camel.start();
  }

  @AfterEach
  void stopCamel() {
    camel.stop();
  }

  @Test
  void given_signal_send_when_an_exchange_comes_then_its_body_is_published() throws Exception {
    start("signal:send?broker=Local broker&topic=demo/a&qos=1&retain=true");

    camel.createProducerTemplate().sendBody("direct:in", "21.5 °C");

    assertThat(published)
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.brokerName()).isEqualTo("Local broker");
              assertThat(p.topic()).isEqualTo("demo/a");
              assertThat(p.payload()).isEqualTo("21.5 °C".getBytes(StandardCharsets.UTF_8));
              assertThat(p.qos()).isEqualTo(1);
              assertThat(p.retain()).isTrue();
            });
  }

  @Test
  void given_signal_send_without_a_topic_when_the_header_names_one_then_it_goes_there()
      throws Exception {
    start("signal:send?broker=Local broker");

    camel
        .createProducerTemplate()
        .sendBodyAndHeader("direct:in", "x", SignalHeaders.TOPIC, "demo/${body}");

    assertThat(published.get(0).topic()).as("not evaluated").isEqualTo("demo/${body}");
  }

  @Test
  void given_a_broker_that_refuses_when_sending_then_the_exchange_fails_with_the_problem()
      throws Exception {
    start("signal:send?broker=Local broker&topic=refused");

    assertThatThrownBy(() -> camel.createProducerTemplate().sendBody("direct:in", "x"))
        .hasRootCauseInstanceOf(ProblemException.class);
  }

  @Test
  void given_a_wrong_signal_endpoint_when_started_then_the_reason_is_told() throws Exception {
    assertThatThrownBy(() -> start("signal:sent?broker=x"))
        .hasRootCauseMessage("There is no signal:sent, only signal:receive and signal:send");
    assertThatThrownBy(() -> start("signal:send?topic=x"))
        .hasRootCauseMessage("signal:send needs the parameter broker");
    assertThatThrownBy(() -> start("signal:send?broker=x&qqs=1")).hasMessageContaining("qqs");
  }

  @ParameterizedTest
  @CsvSource({
    "signal:receive?broker=b&topic=a/+/b/#, a/+/b/#, b",
    "signal:receive?broker=Local broker&topic=+/ x, +/ x, Local broker",
    "signal:receive?broker=Local%20broker&topic=%2B/%23, +/#, Local broker",
    "signal:receive?broker=100%&topic=RAW(a/+/b), a/+/b, 100%"
  })
  void given_a_topic_filter_in_a_uri_when_read_then_it_is_as_it_was_written(
      String uri, String topic, String broker) {
    SignalEndpoint endpoint = camel.getEndpoint(uri, SignalEndpoint.class);

    assertThat(endpoint.getTopic()).isEqualTo(topic);
    assertThat(endpoint.getBroker()).isEqualTo(broker);
  }

  @Test
  void given_a_topic_filter_in_yaml_when_read_then_it_is_as_it_was_written() throws Exception {
    String yaml =
        """
        - route:
            id: yaml
            autoStartup: "false"
            from:
              uri: signal:receive
              parameters:
                broker: Local broker
                topic: a/+/b %26 c/#
              steps:
                - to:
                    uri: signal
                    parameters:
                      operation: send
                      broker: Local broker
                      topic: a/100%/x
        """;

    PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("a.camel.yaml", yaml));

    SignalEndpoint from = (SignalEndpoint) camel.getRoute("yaml").getEndpoint();
    assertThat(from.getTopic()).isEqualTo("a/+/b & c/#");
    assertThat(from.getBroker()).isEqualTo("Local broker");
    assertThat(camel.getEndpoints())
        .filteredOn(SignalEndpoint.class::isInstance)
        .extracting(e -> ((SignalEndpoint) e).getTopic())
        .containsExactlyInAnyOrder("a/+/b & c/#", "a/100%/x");
  }

  private void start(String to) throws Exception {
    RouteBuilder.addRoutes(camel, routes -> routes.from("direct:in").to(to));
  }
}
