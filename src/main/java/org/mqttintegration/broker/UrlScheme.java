package org.mqttintegration.broker;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import jakarta.persistence.Converter;
import org.mqttintegration.resource.WireNameConverter;

/** How MQTT reaches a broker. */
@EnumNaming(CamelCaseStrategy.class)
public enum UrlScheme {
  /** Over TCP. */
  MQTT(1883),
  /** Over TLS. */
  MQTTS(8883),
  /** Over WebSocket (MQTT 5, section 6). */
  WS(80),
  /** Over WebSocket and TLS. */
  WSS(443);

  private final int defaultPort;

  UrlScheme(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  /** The port where none is given. */
  public int defaultPort() {
    return defaultPort;
  }

  @Converter(autoApply = true)
  static class Stored extends WireNameConverter<UrlScheme> {
    Stored() {
      super(UrlScheme.class);
    }
  }
}
