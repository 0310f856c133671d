package org.mqttintegration.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the whole application, on embedded PostgreSQL and the embedded MQTT broker, both with
 * new data. All suites with this annotation share one running application, so each uses names and
 * topics of its own.
 *
 * <p>Beans to ask for: {@link RestApi}, {@code LocalBroker}, and those of the application.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      RestApi.INITIAL_PASSWORD,
      "mqtt-integration.demonstration.enabled=false",
      "mqtt-integration.embedded.mqtt.port=0",
      "mqtt-integration.mqtt.answer-timeout=3s",
      "mqtt-integration.send.attempts=3",
      "mqtt-integration.send.retry-delay=200ms",
      "mqtt-integration.send.waiting-limit=5000",
      "mqtt-integration.activity.digest=1s",
      "mqtt-integration.activity.retry-delay=500ms",
      "mqtt-integration.bridge.redeliveries=2",
      "mqtt-integration.bridge.redelivery-delay=100ms",
      "mqtt-integration.bridge.redelivery-delay-max=500ms"
    })
@ContextConfiguration(initializers = {NewDataDirectory.class, TestMail.class})
@AutoConfigureObservability(tracing = false) // the metrics, as they are served
@Import(TestClients.class)
@ExtendWith(OnEmbeddedServers.class)
public @interface IntegrationTest {}
