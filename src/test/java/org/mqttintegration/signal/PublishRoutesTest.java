package org.mqttintegration.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.history.SentMessage;
import org.mqttintegration.mqtt.EndpointUri;
import org.mqttintegration.mqtt.MqttHeaders;
import org.mqttintegration.mqtt.PublishException;
import org.mqttintegration.mqtt.PublishFailures;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.ReplacedMqtt;
import org.mqttintegration.signal.SendResult.Outcome;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@CamelSpringBootTest
@SpringBootTest(classes = PublishRoutesTest.Context.class)
class PublishRoutesTest {

  private static final byte[] PAYLOAD = "${exchangeId} {{secret}}".getBytes(StandardCharsets.UTF_8);

  @Autowired ProducerTemplate producer;
  @Autowired CamelContext camel;
  @Autowired ReplacedMqtt mqtt;
  @Autowired SignalRepository repository;
  @Autowired CountedTransactions transactions;
  @Autowired List<SentMessage> recorded;

  private volatile Exchange published;

  @ImportAutoConfiguration(CamelAutoConfiguration.class)
  @Import({PublishRoutes.class, Publishing.class})
  static class Context {

    @Bean("paho-mqtt5-component")
    ReplacedMqtt mqtt() {
      return new ReplacedMqtt();
    }

    @Bean
    SignalRepository repository() {
      return mock(SignalRepository.class);
    }

    @Bean
    Brokers brokers() {
      Brokers brokers = mock(Brokers.class);
      when(brokers.exists(anyLong())).thenAnswer(call -> call.<Long>getArgument(0) < 1_000);
      when(brokers.idOf(any())).thenReturn(null);
      when(brokers.idOf("Hall")).thenReturn(3L);
      return brokers;
    }

    @Bean
    CountedTransactions transactions() {
      return new CountedTransactions();
    }

    @Bean
    TransactionTemplate template(CountedTransactions transactions) {
      return new TransactionTemplate(transactions);
    }

    @Bean
    List<SentMessage> recorded() {
      return new CopyOnWriteArrayList<>();
    }

    @Bean
    RouteBuilder history(List<SentMessage> recorded) {
      return new RouteBuilder() {
        @Override
        public void configure() {
          from("direct:recordSent")
              .routeId("recordSent")
              .process(
                  exchange -> {
                    assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                        .isTrue();
                    recorded.add(exchange.getMessage().getBody(SentMessage.class));
                    exchange.getMessage().setHeader("mqttHistoryId", 77L);
                  });
        }
      };
    }
  }

  @BeforeEach
  void clear() {
    reset(repository);
    transactions.log.clear();
    recorded.clear();
    answer(0);
  }

  @Test
  void given_a_signal_when_the_broker_accepts_it_then_it_was_delivered_and_is_recorded() {
    answer(0x10);
    SendResult result =
        send(Publish.to(3, "a/${body}/{{x}}", PAYLOAD).withQos(1).withRetain(true).forSignal(5));
    assertThat(result.outcome()).isEqualTo(Outcome.DELIVERED);
    assertThat(result.reasonCode()).isEqualTo(0x10);
    assertThat(result.reason()).isEqualTo("No matching subscribers");
    assertThat(result.signalId()).isEqualTo(5);
    assertThat(result.historyId()).isEqualTo(77);
    assertThat(result.topic()).isEqualTo("a/${body}/{{x}}");
    assertThat(recorded)
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.brokerId()).isEqualTo(3);
              assertThat(sent.topic()).isEqualTo("a/${body}/{{x}}");
              assertThat(sent.payload()).isEqualTo(PAYLOAD);
              assertThat(sent.sentAt()).isEqualTo(result.sentAt());
            });
    verify(repository).setSendAt(5, result.sentAt());
  }

  @Test
  void given_a_message_when_published_then_the_endpoint_gets_topic_payload_and_options_unchanged() {
    MessageProperties properties =
        new MessageProperties(
            "text/plain", 1, 60L, "re/ply", new byte[] {1}, List.of(new UserProperty("k", "v")));
    send(
        Publish.to("Hall", "a/${body}", PAYLOAD)
            .withQos(2)
            .withRetain(true)
            .withProperties(properties));
    assertThat(published.getProperty("publishedTo"))
        .isEqualTo(camel.getEndpoint(EndpointUri.publish("3")).getEndpointUri());
    assertThat(published.getMessage().getBody(byte[].class)).isEqualTo(PAYLOAD);
    assertThat(published.getMessage().getHeaders())
        .containsEntry(PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC, "a/${body}")
        .containsEntry(PahoMqtt5Constants.CAMEL_PAHO_MSG_QOS, 2)
        .containsEntry(PahoMqtt5Constants.CAMEL_PAHO_MSG_RETAINED, true);
    MqttProperties sent =
        published
            .getMessage()
            .getHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES, MqttProperties.class);
    assertThat(sent.getContentType()).isEqualTo("text/plain");
    assertThat(sent.getUserProperties()).hasSize(1);
  }

  @Test
  void given_qos_0_when_published_then_it_was_handed_over_without_a_reason_code() {
    SendResult result = send(Publish.text("Hall", "a", "x"));
    assertThat(result.outcome()).isEqualTo(Outcome.HANDED_OVER);
    assertThat(result.reasonCode()).isNull();
    assertThat(result.reason()).isNull();
    assertThat(result.signalId()).isNull();
    verifyNoInteractions(repository);
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSED,BROKER_REFUSED,Not authorized (0x87)",
    "NOT_SUPPORTED,BROKER_REFUSED,it takes at most QoS 1",
    "NOT_CONNECTED,BROKER_UNAVAILABLE,no connection",
    "NO_ANSWER,BROKER_TIMEOUT,no answer in time"
  })
  void
      given_the_broker_does_not_accept_it_when_published_then_the_caller_hears_and_nothing_is_stored(
          PublishException.Cause cause, ProblemType type, String reason) {
    mqtt.whenPublished(
        exchange -> {
          throw PublishFailures.of(cause, 0x87, reason);
        });
    ProblemException problem = refusal(Publish.to(3, "a", PAYLOAD).withQos(1).forSignal(5));
    assertThat(problem.type()).isEqualTo(type);
    assertThat(problem.detail()).endsWith(reason);
    assertThat(recorded).isEmpty();
    assertThat(transactions.log).isEmpty();
    verifyNoInteractions(repository);
  }

  @Test
  void given_an_accepted_signal_when_recorded_then_history_and_time_are_in_one_transaction() {
    send(Publish.to(3, "a", PAYLOAD).forSignal(5));
    assertThat(transactions.log).containsExactly("begin", "commit");
  }

  @Test
  void given_the_broker_is_asked_when_it_takes_its_time_then_no_transaction_is_open() {
    mqtt.whenPublished(
        exchange ->
            assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse());
    send(Publish.to(3, "a", PAYLOAD).forSignal(5));
    assertThat(recorded).hasSize(1);
  }

  @Test
  void given_the_time_cannot_be_stored_when_recorded_then_both_are_rolled_back() {
    doThrow(new IllegalStateException("no database")).when(repository).setSendAt(anyLong(), any());
    assertThatThrownBy(() -> send(Publish.to(3, "a", PAYLOAD).forSignal(5)))
        .hasRootCauseMessage("no database");
    assertThat(transactions.log).containsExactly("begin", "rollback");
  }

  @Test
  void given_a_message_that_cannot_be_when_published_then_all_is_named_and_nothing_sent() {
    ProblemException problem = refusal(Publish.to(4_711, "a/#", PAYLOAD).withQos(3));
    assertThat(problem.errors())
        .extracting(FieldError::field)
        .containsExactly("topic", "qos", "broker");
    assertThat(refusal(Publish.text("Nowhere", "a", "x")).errors())
        .extracting(FieldError::field)
        .containsExactly("broker");
    assertThat(published).isNull();
  }

  @Test
  void given_another_body_when_published_then_it_is_refused() {
    assertThatThrownBy(() -> producer.requestBody("direct:publish", "x"))
        .hasRootCauseInstanceOf(ProblemException.class);
  }

  @Test
  void given_many_messages_when_published_then_there_is_one_endpoint_for_each_broker() {
    int before = camel.getEndpoints().size();
    for (int i = 0; i < 20; i++) {
      send(Publish.to(900, "topic/" + i, PAYLOAD));
    }
    assertThat(camel.getEndpoints()).hasSize(before + 1);
  }

  @Test
  void given_a_route_file_when_it_makes_a_message_by_bean_then_it_is_published() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:file")
                .routeId("file")
                .bean(Publish.class, "text('Hall', 'demo/t', ${body})")
                .to("direct:publish");
          }
        });
    assertThat(producer.requestBody("direct:file", "21.5", SendResult.class).topic())
        .isEqualTo("demo/t");
    assertThat(published.getMessage().getBody(String.class)).isEqualTo("21.5");
  }

  private void answer(int reasonCode) {
    published = null;
    mqtt.whenPublished(
        exchange -> {
          published = exchange.copy();
          exchange.getMessage().setHeader(MqttHeaders.REASON_CODE, reasonCode);
        });
  }

  private SendResult send(Publish message) {
    return producer.requestBody("direct:publish", message, SendResult.class);
  }

  private ProblemException refusal(Publish message) {
    try {
      send(message);
    } catch (CamelExecutionException e) {
      return (ProblemException) e.getCause();
    }
    throw new AssertionError("it was published");
  }
}
