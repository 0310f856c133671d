package org.mqttintegration.bridge;

import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.Reception.Receipt;
import org.mqttintegration.outbound.OutboundRefusedException;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Component;

/**
 * Whether a step that failed is tried again. Who calls the route and waits is told at once. In a
 * durable route a target that is away is waited for; all else is tried as often as the settings
 * say.
 */
@Component
class Redelivery implements Predicate {

  /** An exchange property: the {@link Receipt} of a received message. */
  static final String RECEIPT = "mqttReceipt";

  /** Clients that wait by themselves, such as Kafka's, are not asked twice before it is told. */
  private static final long PATIENCE_MILLIS = 5_000;

  private final BridgeSettings settings;

  Redelivery(BridgeSettings settings) {
    this.settings = settings;
  }

  @Override
  public boolean matches(Exchange exchange) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Receipt receipt = exchange.getProperty(RECEIPT, Receipt.class);
    boolean owned = receipt != null && receipt.owns(exchange);
    if (exchange.getPattern().isOutCapable()
        || exchange.getProperty(DeadLetters.RETRIED) != null
        || isForGood(failure)
        || (owned && !receipt.awaitLease())) {
      return false;
    }
    int attempts = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
    if (owned && receipt.isDurable() && TargetAway.isMeantBy(failure)) {
      if (attempts >= 2 || exchange.getClock().elapsed() >= PATIENCE_MILLIS) {
        receipt.targetAway(failure);
      }
      return true;
    }
    return attempts <= settings.redeliveries();
  }

  /** The same again fails the same. */
  private static boolean isForGood(@Nullable Throwable failure) {
    return failure == null
        || failure instanceof HopLimitException
        || failure instanceof RejectedExecutionException
        || failure instanceof InterruptedException
        || OutboundRefusedException.isIn(failure)
        || (failure instanceof ProblemException && !TargetAway.isMeantBy(failure));
  }
}
