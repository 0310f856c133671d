package org.mqttintegration.history;

/**
 * How many messages there are.
 *
 * @param messages the number, at most {@link #MOST}
 * @param more whether there are more than that
 */
record HistoryCount(int messages, boolean more) {

  /** So far it is counted: a long history takes no longer than a short one. */
  static final int MOST = 10_000;

  static HistoryCount of(int counted) {
    return new HistoryCount(Math.min(counted, MOST), counted > MOST);
  }
}
