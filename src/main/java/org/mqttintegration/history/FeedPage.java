package org.mqttintegration.history;

import java.util.List;

/**
 * What was read at once.
 *
 * @param messages in the order of commits
 * @param reached the place behind all that was looked at
 */
public record FeedPage(List<FeedMessage> messages, FeedPosition reached) {

  /**
   * A message and its place.
   *
   * @param position the place behind it
   * @param message the message
   */
  public record FeedMessage(FeedPosition position, RecordedMessage message) {}
}
