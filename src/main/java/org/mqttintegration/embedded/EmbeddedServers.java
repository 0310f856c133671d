package org.mqttintegration.embedded;

import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Starts what the settings do not name: a database, unless {@code spring.datasource.url} is set,
 * and an MQTT broker, unless {@code mqtt-integration.mqtt.url} is.
 *
 * <p>An auto-configuration, so that it sees every other connection detail (those of containers in
 * tests) before it decides.
 */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@EnableConfigurationProperties(EmbeddedProperties.class)
class EmbeddedServers {

  /** Locked by the first server that needs it, released after the last one. */
  @Bean
  @Lazy
  DataDirectory dataDirectory(EmbeddedProperties properties) {
    return DataDirectory.open(Path.of(properties.dataDirectory()));
  }

  @Configuration(proxyBeanMethods = false)
  @Conditional(NoDatabaseNamed.class)
  @ConditionalOnMissingBean(JdbcConnectionDetails.class)
  static class Database {

    @Bean
    LocalDatabase localDatabase(DataDirectory data) throws Exception {
      return LocalDatabase.start(data);
    }

    @Bean
    JdbcConnectionDetails localDatabaseConnectionDetails(LocalDatabase database) {
      return database.connectionDetails();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(
      name = "mqtt-integration.embedded.mqtt.enabled",
      havingValue = "true",
      matchIfMissing = true)
  @Conditional(NoBrokerNamed.class)
  static class Broker {

    @Bean
    EmbeddedArtemis embeddedArtemis(DataDirectory data, EmbeddedProperties properties)
        throws Exception {
      return EmbeddedArtemis.start(data, properties.embedded().mqtt().port());
    }

    @Bean
    LocalBroker localBroker(EmbeddedArtemis artemis) {
      return artemis.broker();
    }

    /** Up before any route connects, down after the last one. */
    @Bean
    static AbstractDependsOnBeanFactoryPostProcessor routesNeedTheBroker() {
      return new AbstractDependsOnBeanFactoryPostProcessor(
          CamelContext.class, LocalBroker.class) {};
    }
  }

  static class NoDatabaseNamed implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return context.getEnvironment().getProperty("spring.datasource.url", "").isBlank();
    }
  }

  static class NoBrokerNamed implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return context.getEnvironment().getProperty("mqtt-integration.mqtt.url", "").isBlank();
    }
  }
}
