package org.mqttintegration.bridge;

import org.apache.camel.component.amqp.AMQPComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.outbound.OutboundAddresses;
import org.mqttintegration.outbound.OutboundAmqp;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.connection.CachingConnectionFactory;

/**
 * The connections of {@code amqp:} in route files. Left alone, the component takes the connection
 * factory of {@code jms:}, and a new connection for each message that it sends.
 */
@Configuration(proxyBeanMethods = false)
class AmqpConnections {

  @Bean
  ComponentCustomizer amqpConnectionFactory(
      @Value("${camel.component.amqp.broker-url}") String url,
      @Value("${camel.component.amqp.username:#{null}}") @Nullable String username,
      @Value("${camel.component.amqp.password:#{null}}") @Nullable String password,
      OutboundAddresses addresses) {
    return ComponentCustomizer.builder(AMQPComponent.class)
        .build(
            component -> {
              JmsConnectionFactory factory = new JmsConnectionFactory(username, password, url);
              factory.setTopicPrefix("topic://");
              OutboundAmqp.check(factory, addresses);
              component.setListenerConnectionFactory(factory);
              component.setTemplateConnectionFactory(new CachingConnectionFactory(factory));
            });
  }
}
