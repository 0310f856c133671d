package org.mqttintegration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The application: connects brokers, records their messages, sends signals, serves REST. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class MqttIntegration {

  /**
   * A connection is tried before each use, however shortly it was used before: it may be frozen.
   */
  private static final String TRIED_AGAIN_AFTER = "com.zaxxer.hikari.aliveBypassWindowMs";

  public static void main(String[] arguments) {
    System.setProperty(TRIED_AGAIN_AFTER, "0");
    SpringApplication.run(MqttIntegration.class, arguments);
  }
}
