package org.mqttintegration.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.JourneyStep.What;

/** A message, and the steps of its way as far as they were gathered. */
public final class JourneyDraft {

  private final Message message;
  private final List<JourneyStep> steps = new ArrayList<>();
  private @Nullable Instant routeStepsSince;

  /**
   * The message.
   *
   * @param sent whether it was sent, and not received
   * @param position its place in the order of commits, null when that is not known
   */
  public record Message(
      long id,
      boolean sent,
      Instant timestamp,
      long brokerId,
      @Nullable Long subscriptionId,
      String topic,
      @Nullable FeedPosition position) {}

  JourneyDraft(Message message) {
    this.message = message;
  }

  public Message message() {
    return message;
  }

  /** Adds a step. */
  public void add(JourneyStep step) {
    steps.add(step);
  }

  /** From when on the steps of routes were kept. */
  public void routeStepsSince(Instant time) {
    routeStepsSince = time;
  }

  /** Whether there is a step of a route. */
  public boolean hasRoute(String routeId) {
    return steps.stream().anyMatch(step -> routeId.equals(step.of().routeId()));
  }

  /** Whether a step tells of a dead letter. */
  public boolean hasDeadLetter(long id) {
    return steps.stream().anyMatch(step -> Long.valueOf(id).equals(step.of().deadLetterId()));
  }

  /** Steps tell no more of dead letters that are gone. */
  public void forgetDeadLettersBut(Collection<Long> there) {
    steps.replaceAll(
        step ->
            step.of().deadLetterId() == null || there.contains(step.of().deadLetterId())
                ? step
                : step.of(JourneyRecords.route(step.of().routeId(), step.of().exchangeId(), null)));
  }

  /** All of it, in the order of time; what has no time yet comes last. */
  Journey journey() {
    Comparator<@Nullable Instant> byTime = Comparator.nullsLast(Comparator.naturalOrder());
    List<JourneyStep> ordered =
        steps.stream()
            .sorted(Comparator.comparing((JourneyStep step) -> time(step), byTime))
            .toList();
    return new Journey(
        message.id(),
        message.sent() ? Direction.SEND : Direction.RECEIVE,
        routeStepsSince,
        ordered);
  }

  /** A message was committed before routes had it, also when nobody noted the time. */
  private @Nullable Instant time(JourneyStep step) {
    return step.at() == null && step.what() == What.COMMITTED ? message.timestamp() : step.at();
  }
}
