package org.mqttintegration.routefile;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Stands for every component in a dry run: its endpoints take all options, and do nothing. */
final class DryComponent extends DefaultComponent {

  DryComponent() {
    setAutowiredEnabled(false); // Camel would set the options that the real component has
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    parameters.clear(); // the check of options knows them
    return new DefaultEndpoint(uri, this) {
      @Override
      public Producer createProducer() {
        return new DefaultProducer(this) {
          @Override
          public void process(Exchange exchange) {
            throw new IllegalStateException("Nothing is sent in a dry run");
          }
        };
      }

      @Override
      public Consumer createConsumer(Processor processor) {
        return new DefaultConsumer(this, processor);
      }

      @Override
      public boolean isLenientProperties() {
        return true;
      }
    };
  }

  @Override
  public boolean useRawUri() {
    return true;
  }
}
