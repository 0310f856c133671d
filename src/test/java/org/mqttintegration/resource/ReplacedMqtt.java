package org.mqttintegration.resource;

import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
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
import org.apache.camel.util.URISupport;

/**
 * Takes the place of the {@code paho-mqtt5} component, without a network: tests receive what is
 * published, and make what consumers receive. Any URI will do.
 */
public class ReplacedMqtt extends DefaultComponent implements Component {

  private final Map<String, Processor> consumers = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private volatile Processor publishing = exchange -> {};

  /** The URIs that routes consume from now. */
  public Set<String> consumed() {
    return Set.copyOf(consumers.keySet());
  }

  /** No consumer of that URI starts. */
  public void refuse(String uri) {
    refused.add(normalized(uri));
  }

  /** The way Camel writes a URI. */
  public static String normalized(String uri) {
    try {
      return URISupport.normalizeUri(uri);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
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
            if (refused.contains(uri)) {
              throw new IllegalStateException("refused");
            }
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
