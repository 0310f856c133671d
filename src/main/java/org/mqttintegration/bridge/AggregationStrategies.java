package org.mqttintegration.bridge;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What route files may name as {@code aggregationStrategy}, since they name no classes. */
@Configuration(proxyBeanMethods = false)
class AggregationStrategies {

  /** {@code "#bodies"}: the bodies of all exchanges as a list; the headers of the first one. */
  @Bean
  AggregationStrategy bodies() {
    return new GroupedBodyAggregationStrategy();
  }
}
