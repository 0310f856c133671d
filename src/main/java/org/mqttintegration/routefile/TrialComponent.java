package org.mqttintegration.routefile;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.PollingConsumerSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stands for every component of the outside in a trial: what is sent to it is noted and goes no
 * further, and the message goes on as it was.
 */
final class TrialComponent extends DefaultComponent {

  private final Trial trial;

  TrialComponent(Trial trial) {
    this.trial = trial;
    setAutowiredEnabled(false); // Camel would set the options that the real component has
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    parameters.clear(); // the check of options knows them
    return new Target(uri, this);
  }

  @Override
  public boolean useRawUri() {
    return true;
  }

  private final class Target extends DefaultEndpoint {

    private Target(String uri, TrialComponent component) {
      super(uri, component);
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          trial.sent(getEndpointUri(), exchange);
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      trial.source(getEndpointUri(), processor);
      return new DefaultConsumer(this, processor);
    }

    /** Of what a route would fetch, there is nothing. */
    @Override
    public PollingConsumer createPollingConsumer() {
      return new PollingConsumerSupport(this) {
        @Override
        public @Nullable Exchange receive() {
          return null;
        }

        @Override
        public @Nullable Exchange receiveNoWait() {
          return null;
        }

        @Override
        public @Nullable Exchange receive(long timeout) {
          return null;
        }
      };
    }

    @Override
    public boolean isLenientProperties() {
      return true;
    }
  }
}
