package org.mqttintegration.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The clients that drive an application under test. */
@TestConfiguration(proxyBeanMethods = false)
public class TestClients {

  @Bean
  RestApi restApi(Environment environment, ObjectMapper json) {
    return new RestApi(
        () -> environment.getRequiredProperty("local.server.port", Integer.class), json);
  }
}
