package org.mqttintegration.routefile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.PayloadEncoding;

/**
 * What a file would have done with messages of the history.
 *
 * @param messages how many messages its routes would have received
 * @param complete false when the trial ended before all were worked on, since its time was over
 * @param sent what each target would have received, in order
 * @param failures the messages that would have failed
 * @param difference to what the running version would have done; null when none runs
 */
record TrialResult(
    int messages,
    boolean complete,
    List<Sent> sent,
    List<Failed> failures,
    @Nullable Difference difference) {

  /**
   * A message that a target would have received.
   *
   * @param historyId the received message that it was made of, null when that cannot be told
   * @param routeId the route that received that
   * @param to the target
   * @param headers those that it has, without Camel's own
   * @param body the body
   * @param bodyEncoding how {@code body} is written
   */
  record Sent(
      @Nullable Long historyId,
      @Nullable String routeId,
      String to,
      Map<String, String> headers,
      String body,
      PayloadEncoding bodyEncoding) {}

  /**
   * A message that would have failed.
   *
   * @param historyId the received message
   * @param routeId the route
   * @param exception the type of what was thrown
   * @param message what that says
   */
  record Failed(
      @Nullable Long historyId,
      @Nullable String routeId,
      String exception,
      @Nullable String message) {}

  /**
   * What is otherwise than with the running version.
   *
   * @param same how many are the same
   * @param added what would be sent in addition
   * @param removed what would not be sent any more
   */
  record Difference(int same, List<Sent> added, List<Sent> removed) {

    /** Compares what two versions send. */
    static Difference between(List<Sent> now, List<Sent> then) {
      List<Sent> removed = new java.util.ArrayList<>(now);
      List<Sent> added = then.stream().filter(sent -> !removed.remove(sent)).toList();
      return new Difference(now.size() - removed.size(), added, removed);
    }
  }

  TrialResult comparedWith(TrialResult running) {
    return new TrialResult(
        messages, complete, sent, failures, Difference.between(running.sent, sent));
  }
}
