package org.mqttintegration.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.send.Publish;

class SignalSendTest {

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

  private void start(String to) throws Exception {
    RouteBuilder.addRoutes(camel, routes -> routes.from("direct:in").to(to));
  }
}
