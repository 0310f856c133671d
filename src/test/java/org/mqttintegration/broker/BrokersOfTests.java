package org.mqttintegration.broker;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Optional;
import org.mqttintegration.history.SentRecorder;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.node.LeasesOfTests;
import org.mqttintegration.resource.TemplatedRoutes;
import org.mqttintegration.secret.Secrets;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** One stored broker, with id 3, that is connected when the application is ready. */
@TestConfiguration(proxyBeanMethods = false)
public class BrokersOfTests {

  @Bean
  BrokerConnections brokerConnections(MqttConnections connections, TemplatedRoutes routes) {
    BrokerEntity row = new BrokerEntity();
    row.id = 3L;
    row.host = "localhost";
    row.port = 1883;
    BrokerRepository repository = mock(BrokerRepository.class);
    when(repository.findIds()).thenReturn(List.of(3L));
    when(repository.findById(3L)).thenReturn(Optional.of(row));
    return new BrokerConnections(
        repository,
        new BrokerCredentials(mock(Secrets.class)),
        connections,
        routes,
        LeasesOfTests.all(),
        mock(SentRecorder.class),
        mock(ApplicationEventPublisher.class));
  }
}
