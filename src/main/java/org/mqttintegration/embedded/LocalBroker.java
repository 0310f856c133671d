package org.mqttintegration.embedded;

/**
 * Where the embedded MQTT broker listens; a bean while there is one.
 *
 * @param host a loopback address
 * @param port its TCP port, not always the one that was asked for
 */
public record LocalBroker(String host, int port) {

  /** Its address as in {@code mqtt://127.0.0.1:1883}. */
  public String uri() {
    return "mqtt://" + host + ":" + port;
  }
}
