package org.mqttintegration.history;

import org.jspecify.annotations.Nullable;

/**
 * The records that a step of a message's way has to do with.
 *
 * @param brokerId a broker
 * @param routeId a route of a file
 * @param exchangeId Camel's id of the exchange, as logs have it
 * @param deadLetterId a dead letter that is there still
 * @param sendId a send
 * @param historyId another message of the history
 * @param scheduleId a schedule
 * @param account an account's login name
 */
public record JourneyRecords(
    @Nullable Long brokerId,
    @Nullable String routeId,
    @Nullable String exchangeId,
    @Nullable Long deadLetterId,
    @Nullable Long sendId,
    @Nullable Long historyId,
    @Nullable Long scheduleId,
    @Nullable String account) {

  /** No record. */
  public static final JourneyRecords NONE =
      new JourneyRecords(null, null, null, null, null, null, null, null);

  /** A broker alone. */
  public static JourneyRecords broker(long id) {
    return new JourneyRecords(id, null, null, null, null, null, null, null);
  }

  /** A route, what it works on the message with, and what it left of it. */
  public static JourneyRecords route(
      @Nullable String id, @Nullable String exchange, @Nullable Long deadLetter) {
    return new JourneyRecords(null, id, exchange, deadLetter, null, null, null, null);
  }
}
