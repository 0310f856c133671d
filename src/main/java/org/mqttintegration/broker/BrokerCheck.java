package org.mqttintegration.broker;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ConnectionCheck;
import org.mqttintegration.resource.WireName;

/**
 * How a check of a broker's connection came out.
 *
 * @param success whether the broker accepted the connection
 * @param message the outcome in one sentence
 * @param steps what was tried, in order
 */
public record BrokerCheck(boolean success, String message, List<Step> steps) {

  /**
   * One step.
   *
   * @param name resolve, outbound, tcp, tls, websocket or connack
   * @param success whether it worked
   * @param millis how long it took
   * @param detail what it found
   */
  public record Step(String name, boolean success, double millis, @Nullable String detail) {

    static Step of(ConnectionCheck.Step step) {
      return new Step(WireName.of(step.name()), step.success(), step.millis(), step.detail());
    }
  }

  static BrokerCheck of(ConnectionCheck check) {
    return new BrokerCheck(
        check.success(), check.message(), check.steps().stream().map(Step::of).toList());
  }
}
