package org.mqttintegration.broker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ConnectionCheck;

/** A check that goes on, or has ended. */
final class WatchedCheck {

  private final String id;
  private final long broker;
  private final List<BrokerCheck.Step> steps = new ArrayList<>();
  private @Nullable Boolean success;
  private @Nullable String message;

  WatchedCheck(String id, long broker) {
    this.id = id;
    this.broker = broker;
  }

  /**
   * How far it is.
   *
   * @param id its id
   * @param brokerId the broker that is checked
   * @param running whether it goes on
   * @param success whether the broker accepted the connection, null while it goes on
   * @param message the outcome in one sentence, null while it goes on
   * @param steps what was tried so far, in order
   */
  record State(
      String id,
      long brokerId,
      boolean running,
      @Nullable Boolean success,
      @Nullable String message,
      List<BrokerCheck.Step> steps) {}

  String id() {
    return id;
  }

  long broker() {
    return broker;
  }

  synchronized void step(ConnectionCheck.Step step) {
    if (success == null) {
      steps.add(BrokerCheck.Step.of(step));
    }
  }

  synchronized void ended(BrokerCheck outcome) {
    steps.clear();
    steps.addAll(outcome.steps());
    success = outcome.success();
    message = outcome.message();
  }

  synchronized void failed(String why) {
    success = false;
    message = why;
  }

  synchronized State state() {
    return new State(id, broker, success == null, success, message, List.copyOf(steps));
  }
}
