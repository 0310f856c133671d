package org.mqttintegration.bridge;

import java.time.Duration;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.send.Publish;

/** Sends the body of exchanges. */
final class SignalSendEndpoint extends DefaultEndpoint {

  /** The topic when the endpoint names none. */
  static final String TOPIC_HEADER = "mqttTopic";

  private final String broker;
  private final @Nullable String topic;
  private final int qos;
  private final boolean retain;
  private final Duration wait;

  SignalSendEndpoint(
      String uri,
      Component component,
      String broker,
      @Nullable String topic,
      int qos,
      boolean retain,
      Duration wait) {
    super(uri, component);
    this.broker = broker;
    this.topic = topic;
    this.qos = qos;
    this.retain = retain;
    this.wait = wait;
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new IllegalArgumentException("signal:send is for to:, not for from:");
  }

  @Override
  public Producer createProducer() {
    ProducerTemplate template = getCamelContext().createProducerTemplate();
    return new DefaultProducer(this) {
      @Override
      public void process(Exchange exchange) throws Exception {
        Publish publish = publish(exchange);
        Exchange sent =
            template.send(
                "direct:publish",
                e -> {
                  e.setProperty(Publish.WAIT, wait);
                  e.getMessage().setBody(publish);
                });
        if (sent.getException() != null) {
          throw sent.getException();
        }
      }
    };
  }

  private Publish publish(Exchange exchange) {
    String to =
        topic != null ? topic : exchange.getMessage().getHeader(TOPIC_HEADER, "", String.class);
    byte[] payload = exchange.getMessage().getBody(byte[].class);
    return new Publish(
        null,
        broker,
        to,
        payload != null ? payload : new byte[0],
        qos,
        retain,
        MessageProperties.NONE,
        null);
  }
}
