package org.mqttintegration.bridge;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.mqttintegration.bridge.Reception.Receipt;
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

  /** An exchange property: the message as it came. */
  private static final String ORIGINAL = "mqttOriginal";

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
  public void process(Exchange exchange) throws Exception {
    if (exchange.getPattern().isOutCapable()) {
      LOG.warn(
          "route={} exchange={} state=failed exception={}",
          exchange.getFromRouteId(),
          exchange.getExchangeId(),
          DeadLetter.type(exchange));
    } else if (!hasOwner(exchange)) {
      Message original = exchange.getProperty(ORIGINAL, exchange.getMessage(), Message.class);
      if (deadLetters.keep(exchange, original) == null) {
        throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
      }
    }
  }

  /**
   * Whether the failure ends here: {@link #process} keeps a dead letter, or fails itself. Camel
   * asks before that.
   */
  boolean endsHere(Exchange exchange) {
    return !hasOwner(exchange);
  }

  /** Those keep it themselves: the consumer, or who tries a dead letter again. */
  private static boolean hasOwner(Exchange exchange) {
    Receipt receipt = exchange.getProperty(Redelivery.RECEIPT, Receipt.class);
    String retried = exchange.getProperty(DeadLetters.RETRIED, String.class);
    return exchange.getPattern().isOutCapable()
        || (receipt != null && receipt.owns(exchange))
        || (retried != null && isPartOf(retried, exchange));
  }

  /**
   * Whether an exchange is the one with that id, or a part of it, as of a split, whose failure is
   * the whole's. What was tapped or aggregated goes a way of its own.
   */
  static boolean isPartOf(String exchangeId, Exchange exchange) {
    return exchange.getExchangeId().equals(exchangeId)
        || (exchange.getProperty(Exchange.CORRELATION_ID) != null
            && exchange.getProperty(Exchange.AGGREGATED_COMPLETED_BY) == null);
  }
}
