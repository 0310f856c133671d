package org.mqttintegration.send;

import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.EndpointUri;
import org.mqttintegration.mqtt.MqttHeaders;
import org.mqttintegration.mqtt.PahoMessages;
import org.springframework.stereotype.Component;

/** Publishes a send once, over {@code direct:publishToBroker}. */
@Component
class Publisher {

  private final CamelContext camel;
  private @Nullable AsyncProducer producer;

  Publisher(CamelContext camel) {
    this.camel = camel;
  }

  /**
   * Publishes it. Never blocks, never throws.
   *
   * @param done gets what came of it, on any thread, at once or later
   */
  void publish(QueuedSend send, Consumer<Verdict> done) {
    try {
      AsyncProducer to = producer();
      Exchange exchange = to.getEndpoint().createExchange();
      fill(exchange, send);
      to.process(exchange, inTime -> done.accept(verdict(exchange, send.qos())));
    } catch (Exception e) {
      done.accept(Verdict.failed(e));
    }
  }

  private static void fill(Exchange exchange, QueuedSend send) {
    exchange.setProperty(
        PublishRoutes.ENDPOINT, EndpointUri.publish(ConnectionKey.of(send.brokerId())));
    Message message = exchange.getMessage();
    message.setBody(send.payload());
    message.setHeader(MqttHeaders.NUMBER, send.id());
    message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC, send.topic());
    message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_QOS, send.qos());
    message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_RETAINED, send.retain());
    message.setHeader(
        PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES, PahoMessages.toPaho(send.properties()));
  }

  private static Verdict verdict(Exchange exchange, int qos) {
    return exchange.getException() != null
        ? Verdict.failed(exchange.getException())
        : Verdict.answered(
            qos, exchange.getMessage().getHeader(MqttHeaders.REASON_CODE, 0, Integer.class));
  }

  private synchronized AsyncProducer producer() throws Exception {
    AsyncProducer started = producer;
    if (started == null) {
      Endpoint endpoint = camel.getEndpoint(PublishRoutes.TO_BROKER);
      started = endpoint.createAsyncProducer();
      started.start();
      producer = started;
    }
    return started;
  }
}
