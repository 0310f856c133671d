package org.mqttintegration.history;

/** Properties of exchanges that {@code direct:recordReceived} sets. */
public final class HistoryProperties {

  /** The id of the message's row in the history, a Long. */
  public static final String ID = "mqttHistoryId";

  private HistoryProperties() {}
}
