package org.mqttintegration.send;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.RequestParameters;

/**
 * Which sends to list; null lets all through.
 *
 * @param brokerId the broker
 * @param signalId the signal
 * @param batchId the batch
 * @param status how far they are
 * @param cursor the id below which the page begins
 * @param limit how many at most
 */
record SendQuery(
    @Nullable Long brokerId,
    @Nullable Long signalId,
    @Nullable Long batchId,
    @Nullable SendStatus status,
    @Nullable Long cursor,
    int limit) {

  static SendQuery of(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    return new SendQuery(
        parameters.number("brokerId"),
        parameters.number("signalId"),
        parameters.number("batchId"),
        parameters.choice("status", SendStatus.class),
        parameters.number("cursor"),
        parameters.limit());
  }
}
