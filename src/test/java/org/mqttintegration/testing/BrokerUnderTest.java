package org.mqttintegration.testing;

/**
 * A real MQTT 5 broker that accepts everybody.
 *
 * @param part which
 * @param host where
 * @param port its TCP port
 */
public record BrokerUnderTest(Part part, String host, int port) {

  public String uri() {
    return "mqtt://" + host + ":" + port;
  }

  /** Its name, in the report of the test. */
  @Override
  public String toString() {
    return part.toString();
  }
}
