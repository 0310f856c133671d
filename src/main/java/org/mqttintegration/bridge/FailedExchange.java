package org.mqttintegration.bridge;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The end of an exchange that failed for good. Whoever called the route is told, and has the
 * failure; of all others a dead letter is kept, with the message as it came into the route.
 */
@Component
class FailedExchange implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(FailedExchange.class);

  /** Exchange properties: the message as it came, and whether it is kept. */
  private static final String ORIGINAL = "mqttOriginal";

  private static final String KEPT = "mqttKept";

  private final DeadLetters deadLetters;

  FailedExchange(DeadLetters deadLetters) {
    this.deadLetters = deadLetters;
  }

  /** At the begin of a route; what was received keeps its own. */
  void remember(Exchange exchange) {
    if (!hasOwner(exchange) && exchange.getProperty(ORIGINAL) == null) {
      exchange.setProperty(ORIGINAL, exchange.getMessage().copy());
    }
  }

  @Override
  public void process(Exchange exchange) {
    if (exchange.getPattern().isOutCapable()) {
      LOG.warn(
          "route={} exchange={} state=failed exception={}",
          exchange.getFromRouteId(),
          exchange.getExchangeId(),
          DeadLetter.type(exchange));
    } else if (!hasOwner(exchange)) {
      Message original = exchange.getProperty(ORIGINAL, exchange.getMessage(), Message.class);
      exchange.setProperty(KEPT, deadLetters.keep(exchange, original));
    }
  }

  boolean isKept(Exchange exchange) {
    return exchange.getProperty(KEPT, false, Boolean.class);
  }

  /** Those keep it themselves: the consumer, or who tries a dead letter again. */
  private static boolean hasOwner(Exchange exchange) {
    return exchange.getProperty(Redelivery.RECEIPT) != null
        || exchange.getProperty(DeadLetters.RETRIED) != null
        || exchange.getPattern().isOutCapable();
  }
}
