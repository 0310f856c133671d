package org.mqttintegration;

import java.util.List;
import org.mqttintegration.routefile.ValidateCommand;
import org.mqttintegration.secret.NewKeyCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.integration.IntegrationGraphEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.integration.IntegrationAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.client.servlet.OAuth2ClientWebSecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.resource.servlet.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The application: connects brokers, records their messages, sends signals, serves REST. */
@SpringBootApplication(
    exclude = { // access and api have their own; Boot's would add chains and keep tokens
      OAuth2ClientAutoConfiguration.class,
      OAuth2ClientWebSecurityAutoConfiguration.class,
      OAuth2ResourceServerAutoConfiguration.class,
      // of Spring Integration the node room uses the locks only
      IntegrationAutoConfiguration.class,
      IntegrationGraphEndpointAutoConfiguration.class
    })
@ConfigurationPropertiesScan
public class MqttIntegration {

  /**
   * A connection is tried before each use, however shortly it was used before: it may be frozen.
   */
  private static final String TRIED_AGAIN_AFTER = "com.zaxxer.hikari.aliveBypassWindowMs";

  /**
   * Starts the application; with {@code validate} as first argument, it only checks route files,
   * and with {@code new-key} it prints a key for secrets.
   */
  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals(ValidateCommand.NAME)) {
      List<String> files = List.of(arguments).subList(1, arguments.length);
      System.exit(ValidateCommand.run(files, System.out));
    }
    if (arguments.length > 0 && arguments[0].equals(NewKeyCommand.NAME)) {
      NewKeyCommand.run(System.out);
      return;
    }
    System.setProperty(TRIED_AGAIN_AFTER, "0");
    SpringApplication.run(MqttIntegration.class, arguments);
  }
}
