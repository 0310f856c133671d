package org.mqttintegration.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.awaitility.Awaitility;
import org.mqttintegration.mqtt.MqttHeaders;
import org.mqttintegration.mqtt.ReceivedMessage;

/** Hands received messages to {@code direct:recordReceived} as the reader of a connection does. */
final class Recorder {

  private final CamelContext camel;
  private final AsyncProducer producer;
  private final List<Exchange> sent = new ArrayList<>();
  private final Queue<Exchange> completed = new ConcurrentLinkedQueue<>();

  Recorder(CamelContext camel) {
    this.camel = camel;
    try {
      producer = camel.getEndpoint("direct:recordReceived").createAsyncProducer();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    producer.start();
  }

  Exchange receive(ReceivedMessage message) {
    return receive(message, Map.of("brokerId", 7L, "subscriptionId", 70L), exchange -> {});
  }

  Exchange receive(
      ReceivedMessage message, Map<String, Object> properties, Consumer<Exchange> onCompletion) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.setProperty(MqttHeaders.RECEIVED, message);
    properties.forEach(exchange::setProperty);
    exchange.getIn().setBody(message.payload());
    sent.add(exchange);
    producer.process(
        exchange,
        sync -> {
          onCompletion.accept(exchange);
          completed.add(exchange);
        });
    return exchange;
  }

  List<Exchange> sent() {
    return sent;
  }

  List<Exchange> completed() {
    return List.copyOf(completed);
  }

  /** Waits until every exchange has completed. */
  void awaitAll() {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> completed.size() == sent.size());
  }
}
