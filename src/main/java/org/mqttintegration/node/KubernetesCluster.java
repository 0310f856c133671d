package org.mqttintegration.node;

import org.apache.camel.component.kubernetes.cluster.KubernetesClusterService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Camel's cluster service over the leases of Kubernetes, in place of {@link
 * PostgresClusterService}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("camel.cluster.kubernetes.enabled")
class KubernetesCluster {

  private static final String SETTINGS = "camel.cluster.kubernetes";

  /** By Camel's settings, which are not among ours. */
  @Bean
  KubernetesClusterService kubernetesClusterService(Environment environment) {
    KubernetesClusterService service = new KubernetesClusterService();
    Binder.get(environment).bind(SETTINGS, Bindable.ofInstance(service));
    return service;
  }
}
