package org.mqttintegration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The application: connects brokers, records their messages, sends signals, serves REST. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class MqttIntegration {

  public static void main(String[] arguments) {
    SpringApplication.run(MqttIntegration.class, arguments);
  }
}
