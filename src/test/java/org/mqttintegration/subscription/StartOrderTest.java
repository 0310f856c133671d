package org.mqttintegration.subscription;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.broker.BrokersOfTests;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.resource.TemplatedRoutes;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

class StartOrderTest {

  @Import({BrokersOfTests.class, ActiveSubscriptions.class, Places.class})
  static class Application {

    @Bean
    MqttConnections connections() {
      return mock(MqttConnections.class);
    }

    @Bean
    Brokers brokers() {
      return mock(Brokers.class);
    }

    @Bean
    TemplatedRoutes routes() {
      return mock(TemplatedRoutes.class);
    }

    @Bean
    SubscriptionRepository repository() {
      SubscriptionEntity row = new SubscriptionEntity();
      row.id = 5L;
      row.brokerId = 3;
      row.topic = "a";
      row.wanted = true;
      SubscriptionRepository repository = mock(SubscriptionRepository.class);
      when(repository.findWanted()).thenReturn(List.of(row));
      return repository;
    }
  }

  @Test
  void given_a_wanted_subscription_when_the_application_starts_then_its_route_is_there_first() {
    SpringApplication application =
        new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).build();
    try (ConfigurableApplicationContext context =
        application.run(
            "--spring.main.banner-mode=off", "--spring.config.location=optional:none/")) {
      TemplatedRoutes routes = context.getBean(TemplatedRoutes.class);
      MqttConnections connections = context.getBean(MqttConnections.class);
      InOrder order = inOrder(routes, connections);
      order.verify(routes).add(eq("subscription"), eq("subscription-5"), anyMap());
      order.verify(connections).open(eq("3"), any(), any());
    }
  }
}
