package org.mqttintegration.history;

import jakarta.persistence.EntityManagerFactory;
import org.apache.camel.component.jpa.JpaComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.hibernate.cfg.AvailableSettings;
import org.springframework.boot.autoconfigure.orm.jpa.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What camel-jpa and Hibernate have to be told. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class HistoryConfiguration {

  /** Without it, each endpoint that finds no single factory would make its own. */
  @Bean
  ComponentCustomizer historyJpaComponent(
      EntityManagerFactory entities, PlatformTransactionManager transactions) {
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    return ComponentCustomizer.builder(JpaComponent.class)
        // behind the starter's, which sets to null whatever no property names
        .withOrder(Ordered.LOWEST_PRECEDENCE)
        .build(
            jpa -> {
              jpa.setEntityManagerFactory(entities);
              jpa.setTransactionStrategy(
                  work -> transaction.executeWithoutResult(status -> work.run()));
            });
  }

  /** A batch goes to the database in one call, or a few. */
  @Bean
  HibernatePropertiesCustomizer historyBatches(HistorySettings settings) {
    return properties ->
        properties.put(AvailableSettings.STATEMENT_BATCH_SIZE, settings.batchSize());
  }
}
