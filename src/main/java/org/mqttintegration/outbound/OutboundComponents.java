package org.mqttintegration.outbound;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jms.connection.SingleConnectionFactory;

/** Has Camel's components connect only to what may be connected to. */
@Configuration(proxyBeanMethods = false)
class OutboundComponents {

  @Bean("http-component")
  HttpComponent httpComponent(OutboundAddresses addresses) {
    return new CheckedHttpComponent(addresses);
  }

  @Bean("https-component")
  HttpComponent httpsComponent(OutboundAddresses addresses) {
    return new CheckedHttpComponent(addresses);
  }

  /** Before the settings of {@code camel.component}, which go into what is there then. */
  @Bean
  ComponentCustomizer checkedMail(OutboundAddresses addresses) {
    return ComponentCustomizer.builder(MailComponent.class)
        .withOrder(Ordered.HIGHEST_PRECEDENCE)
        .build(
            component ->
                component.setConfiguration(
                    new CheckedMailConfiguration(component.getCamelContext(), addresses)));
  }

  @Bean
  ComponentCustomizer checkedKafka(OutboundAddresses addresses) {
    return ComponentCustomizer.builder(KafkaComponent.class)
        .build(component -> component.setKafkaClientFactory(new CheckedKafkaClients(addresses)));
  }

  /** The connection factory that Spring Boot makes of {@code spring.artemis}. */
  @Bean
  static BeanPostProcessor checkedJms(ObjectProvider<OutboundAddresses> addresses) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof ActiveMQConnectionFactory artemis) {
          OutboundJms.checked(artemis, addresses.getObject());
        } else if (bean instanceof SingleConnectionFactory kept
            && kept.getTargetConnectionFactory() instanceof ActiveMQConnectionFactory artemis) {
          ConnectionFactory checked = OutboundJms.checked(artemis, addresses.getObject());
          kept.setTargetConnectionFactory(checked);
        }
        return bean;
      }
    };
  }
}
