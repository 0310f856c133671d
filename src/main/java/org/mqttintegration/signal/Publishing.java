package org.mqttintegration.signal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.history.SentMessage;
import org.mqttintegration.mqtt.EndpointUri;
import org.mqttintegration.mqtt.MqttHeaders;
import org.mqttintegration.mqtt.PahoMessages;
import org.mqttintegration.mqtt.PublishException;
import org.mqttintegration.mqtt.ReasonCode;
import org.mqttintegration.mqtt.TopicName;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.signal.SendResult.Outcome;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The steps of the route that publishes. */
@Component
class Publishing {

  /** An exchange property: the endpoint to publish to, made of nothing but the broker's id. */
  static final String ENDPOINT = "mqttPublishEndpoint";

  private static final String SENT = "mqttSent";
  private static final String HISTORY_ID = "mqttHistoryId";
  private static final int MAX_QOS = 2;

  private final Brokers brokers;
  private final SignalRepository repository;
  private final TransactionOperations transactions;
  private final ProducerTemplate producer;

  Publishing(
      Brokers brokers,
      SignalRepository repository,
      TransactionOperations transactions,
      ProducerTemplate producer) {
    this.brokers = brokers;
    this.repository = repository;
    this.transactions = transactions;
    this.producer = producer;
  }

  /** Makes of a {@link Publish} what the endpoint takes: payload and headers. */
  void prepare(Exchange exchange) {
    Message message = exchange.getMessage();
    Publish publish = message.getBody(Publish.class);
    if (publish == null) {
      throw ProblemException.invalid("", "The body of direct:publish is a Publish.");
    }
    long brokerId = check(publish);
    exchange.setProperty(ENDPOINT, EndpointUri.publish(Brokers.connectionKey(brokerId)));
    exchange.setProperty(
        SENT,
        new SentMessage(
            brokerId,
            publish.signalId(),
            publish.topic(),
            publish.payload(),
            publish.qos(),
            publish.retain(),
            publish.properties(),
            Instant.now().truncatedTo(ChronoUnit.MICROS)));
    message.setBody(publish.payload());
    message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC, publish.topic());
    message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_QOS, publish.qos());
    message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_RETAINED, publish.retain());
    message.setHeader(
        PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES, PahoMessages.toPaho(publish.properties()));
    message.removeHeader(MqttHeaders.REASON_CODE);
  }

  /** The broker did not accept it. */
  void refuse(Exchange exchange) {
    PublishException failure =
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, PublishException.class);
    String detail =
        switch (failure.reason()) {
          case NOT_CONNECTED -> "Nothing was sent, the broker is not connected: ";
          case NOT_SUPPORTED -> "Nothing was sent, the broker does not take it: ";
          case REFUSED -> "The broker refused the message: ";
          case NO_ANSWER -> "Nobody knows whether the broker has the message: ";
        };
    ProblemType type =
        switch (failure.reason()) {
          case NOT_CONNECTED -> ProblemType.BROKER_UNAVAILABLE;
          case NOT_SUPPORTED, REFUSED -> ProblemType.BROKER_REFUSED;
          case NO_ANSWER -> ProblemType.BROKER_TIMEOUT;
        };
    throw new ProblemException(type, detail + failure.getMessage());
  }

  /**
   * The broker accepted it: stores the history and the signal's time in one transaction. Not with
   * transacted(): its error handler would keep the failure from that of the caller.
   */
  void record(Exchange exchange) {
    SentMessage sent = sent(exchange);
    exchange.getMessage().setBody(sent);
    transactions.executeWithoutResult(
        status -> {
          producer.send("direct:recordSent", exchange);
          if (exchange.getException() != null) {
            throw RuntimeCamelException.wrapRuntimeException(exchange.getException());
          }
          if (sent.signalId() != null) {
            repository.setSendAt(sent.signalId(), sent.sentAt());
          }
        });
  }

  /** Tells the caller. */
  void answer(Exchange exchange) {
    SentMessage sent = sent(exchange);
    Message message = exchange.getMessage();
    Integer code =
        sent.qos() == 0 ? null : message.getHeader(MqttHeaders.REASON_CODE, 0, Integer.class);
    message.setBody(
        new SendResult(
            sent.signalId(),
            message.getHeader(HISTORY_ID, Long.class),
            sent.topic(),
            sent.qos(),
            sent.retain(),
            sent.sentAt(),
            sent.qos() == 0 ? Outcome.HANDED_OVER : Outcome.DELIVERED,
            code,
            code == null ? null : ReasonCode.name(code)));
    message.removeHeaders("CamelPaho*");
    message.removeHeader(MqttHeaders.REASON_CODE);
    message.removeHeader(HISTORY_ID);
  }

  private static SentMessage sent(Exchange exchange) {
    return exchange.getProperty(SENT, SentMessage.class);
  }

  private long check(Publish publish) {
    List<FieldError> errors = new ArrayList<>();
    String fault = TopicName.fault(publish.topic());
    if (fault != null) {
      errors.add(new FieldError("topic", fault));
    }
    if (publish.qos() < 0 || publish.qos() > MAX_QOS) {
      errors.add(new FieldError("qos", "QoS is 0, 1 or 2."));
    }
    Long id = publish.brokerId();
    if (id == null && publish.brokerName() != null) {
      id = brokers.idOf(publish.brokerName());
    }
    if (id == null || !brokers.exists(id)) {
      errors.add(new FieldError("broker", SignalCheck.NO_BROKER));
    }
    if (!errors.isEmpty() || id == null) {
      throw ProblemException.invalid(errors);
    }
    return id;
  }
}
