package org.mqttintegration.embedded;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the embedded servers.
 *
 * @param dataDirectory where they keep their data, relative to the working directory
 * @param embedded the servers
 */
@ConfigurationProperties("mqtt-integration")
record EmbeddedProperties(
    @DefaultValue("./data") String dataDirectory, @DefaultValue Embedded embedded) {

  record Embedded(@DefaultValue Mqtt mqtt) {}

  /**
   * The embedded MQTT broker.
   *
   * @param enabled whether it runs
   * @param port its port; a free one is taken when something else listens there
   */
  record Mqtt(@DefaultValue("true") boolean enabled, @DefaultValue("1883") int port) {}
}
