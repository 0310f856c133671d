package org.mqttintegration.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.mqtt.EndpointUri;
import org.mqttintegration.mqtt.MqttHeaders;
import org.mqttintegration.mqtt.PublishException;
import org.mqttintegration.mqtt.PublishFailures;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.resource.ReplacedMqtt;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

@CamelSpringBootTest
@SpringBootTest(classes = PublisherTest.Context.class)
class PublisherTest {

  private static final byte[] PAYLOAD = "${exchangeId} {{secret}}".getBytes(StandardCharsets.UTF_8);

  @Autowired CamelContext camel;
  @Autowired ReplacedMqtt mqtt;
  @Autowired Publisher publisher;

  private volatile Exchange published;

  @ImportAutoConfiguration(CamelAutoConfiguration.class)
  @Import({PublishRoutes.class, Publisher.class})
  static class Context {

    @Bean("paho-mqtt5-component")
    ReplacedMqtt mqtt() {
      return new ReplacedMqtt();
    }

    @Bean
    Acceptance acceptance() {
      return mock(Acceptance.class);
    }
  }

  @BeforeEach
  void answer() {
    published = null;
    mqtt.whenPublished(
        exchange -> {
          published = exchange.copy();
          exchange.getMessage().setHeader(MqttHeaders.REASON_CODE, 0x10);
        });
  }

  @Test
  void given_a_send_when_published_then_the_endpoint_gets_topic_payload_and_options_unchanged() {
    MessageProperties properties =
        new MessageProperties(
            "text/plain", 1, 60L, "re/ply", new byte[] {1}, List.of(new UserProperty("k", "v")));

    Verdict verdict =
        publish(
            Publish.to(3, "a/${body}/{{x}}", PAYLOAD)
                .withQos(2)
                .withRetain(true)
                .withProperties(properties));

    assertThat(verdict)
        .isEqualTo(
            new Verdict(Verdict.Next.END, SendStatus.DELIVERED, 0x10, "No matching subscribers"));
    assertThat(published.getProperty("publishedTo"))
        .isEqualTo(camel.getEndpoint(EndpointUri.publish("3")).getEndpointUri());
    assertThat(published.getMessage().getBody(byte[].class)).isEqualTo(PAYLOAD);
    assertThat(published.getMessage().getHeaders())
        .containsEntry(PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC, "a/${body}/{{x}}")
        .containsEntry(PahoMqtt5Constants.CAMEL_PAHO_MSG_QOS, 2)
        .containsEntry(PahoMqtt5Constants.CAMEL_PAHO_MSG_RETAINED, true);
    MqttProperties sent =
        published
            .getMessage()
            .getHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES, MqttProperties.class);
    assertThat(sent.getContentType()).isEqualTo("text/plain");
    assertThat(sent.getUserProperties()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSED, 0x87, END, REFUSED",
    "REFUSED, 0x97, RETRY, FAILED",
    "NOT_SUPPORTED, 0, END, REFUSED",
    "NOT_CONNECTED, 0, WAIT, QUEUED",
    "BUSY, 0, WAIT, QUEUED",
    "NO_ANSWER, 0, RETRY, FAILED"
  })
  void given_a_failure_when_published_then_the_verdict_says_what_follows(
      PublishException.Cause cause, String code, Verdict.Next next, SendStatus status) {
    mqtt.whenPublished(
        exchange -> {
          throw PublishFailures.of(cause, Integer.decode(code), "so it is");
        });

    Verdict verdict = publish(Publish.to(3, "a", PAYLOAD).withQos(1));

    assertThat(verdict.next()).isEqualTo(next);
    assertThat(verdict.status()).isEqualTo(status);
  }

  @Test
  void given_many_sends_when_published_then_there_is_one_endpoint_for_each_broker() {
    int before = camel.getEndpoints().size();
    for (int i = 0; i < 20; i++) {
      publish(Publish.to(900, "topic/" + i, PAYLOAD));
    }
    assertThat(camel.getEndpoints()).hasSize(before + 1);
  }

  private Verdict publish(Publish message) {
    Instant now = Instant.now();
    QueuedSend send = new QueuedSend(1, message, now, now.plusSeconds(60), 0, null);
    send.begin();
    AtomicReference<Verdict> verdict = new AtomicReference<>();
    publisher.publish(send, verdict::set);
    return verdict.get();
  }
}
