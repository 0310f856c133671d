package org.mqttintegration.bridge;

import java.time.Instant;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.outbound.OutboundRefusedException;

/**
 * An exchange that failed for good, as REST shows it.
 *
 * @param id its id
 * @param routeId the route that it failed in
 * @param from the endpoint that the route begins with
 * @param exchangeId Camel's id of the exchange, as logs have it
 * @param historyId the history entry of the message, null when it was no received message
 * @param bodyType the Java type of the body that the exchange came with, null when it had none
 * @param bodySize its size in bytes, null when it had none or it could not be kept
 * @param exception the type of what was thrown
 * @param message what it says
 * @param step the endpoint that failed, null when it was none
 * @param failedAt when it failed last
 * @param retries how often it was tried again from here
 */
record DeadLetter(
    long id,
    String routeId,
    String from,
    String exchangeId,
    @Nullable Long historyId,
    @Nullable String bodyType,
    @Nullable Integer bodySize,
    String exception,
    @Nullable String message,
    @Nullable String step,
    Instant failedAt,
    int retries) {

  /** The type of what an exchange failed with. */
  static String type(Exchange exchange) {
    return failure(exchange).getClass().getName();
  }

  /** What an exchange failed with, also after Camel took it into its hands. */
  static Throwable failure(Exchange exchange) {
    Throwable failure = exchange.getException();
    if (failure == null) {
      failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    }
    if (failure == null) {
      return new IllegalStateException("It failed without a reason");
    }
    // clients wrap it in what only says that they cannot connect
    OutboundRefusedException refusal = OutboundRefusedException.in(failure);
    return refusal == null ? failure : refusal;
  }
}
