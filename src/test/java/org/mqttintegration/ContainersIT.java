package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mqttintegration.testing.Images;
import org.mqttintegration.testing.MainPath;
import org.mqttintegration.testing.OnContainers;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.TestClients;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The main path on an external PostgreSQL and an external broker, both in containers. */
@ExtendWith(OnContainers.class)
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      RestApi.INITIAL_PASSWORD,
      "mqtt-integration.demonstration.enabled=false",
      "mqtt-integration.embedded.mqtt.enabled=false",
      "mqtt-integration.data-directory=target/it-data/not-to-be-made",
      "mqtt-integration.secrets.key=" + ContainersIT.KEY,
      // Quartz keeps the data sources of a JVM by name, and another application runs here too
      "spring.quartz.scheduler-name=containers"
    })
@Import(TestClients.class)
@DirtiesContext // before its servers end
class ContainersIT {

  /** Else a file with one would be made. */
  static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  @Autowired RestApi api;

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    OnContainers.start();
    registry.add("spring.datasource.url", OnContainers.POSTGRESQL::getJdbcUrl);
    registry.add("spring.datasource.username", OnContainers.POSTGRESQL::getUsername);
    registry.add("spring.datasource.password", OnContainers.POSTGRESQL::getPassword);
  }

  @Test
  void given_containers_when_a_signal_is_sent_then_it_travels_to_the_history() {
    new MainPath(
            api,
            OnContainers.MOSQUITTO.getHost(),
            OnContainers.MOSQUITTO.getMappedPort(Images.MQTT_PORT))
        .walk();
  }

  @Test
  void given_a_database_a_broker_and_a_key_when_started_then_no_data_directory_is_made() {
    assertThat(Path.of("target/it-data/not-to-be-made")).doesNotExist();
  }
}
