package org.mqttintegration.resource;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultProducer;

/**
 * Takes the place of the {@code paho-mqtt5} component, without a network: tests receive what is
 * published, and make what consumers receive. Any URI will do.
 */
public class ReplacedMqtt extends DefaultComponent implements Component {

  private final Map<String, Processor> consumers = new ConcurrentHashMap<>();
  private volatile Processor publishing = exchange -> {};

  /** The URIs that routes consume from now. */
  public java.util.Set<String> consumed() {
    return java.util.Set.copyOf(consumers.keySet());
  }

  /** What happens to each exchange that is published. */
  public void whenPublished(Processor processor) {
    publishing = processor;
  }

  /** Makes the consumer of that URI receive a message. */
  public Exchange receive(String uri, Object body) throws Exception {
    Exchange exchange = new DefaultExchange(getCamelContext());
    exchange.getIn().setBody(body);
    consumers.get(uri).process(exchange);
    return exchange;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    parameters.clear();
    return new DefaultEndpoint(uri, this) {
      @Override
      public Producer createProducer() {
        return new DefaultProducer(this) {
          @Override
          public void process(Exchange exchange) throws Exception {
            exchange.setProperty("publishedTo", uri);
            publishing.process(exchange);
          }
        };
      }

      @Override
      public Consumer createConsumer(Processor processor) {
        return new DefaultConsumer(this, processor) {
          @Override
          protected void doStart() throws Exception {
            super.doStart();
            consumers.put(uri, getProcessor());
          }

          @Override
          protected void doStop() throws Exception {
            consumers.remove(uri);
            super.doStop();
          }
        };
      }
    };
  }
}
