package org.mqttintegration.node;

import org.apache.camel.component.kubernetes.cluster.KubernetesClusterService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Camel's cluster service over the leases of Kubernetes, in place of {@link
 * PostgresClusterService}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("camel.cluster.kubernetes.enabled")
class KubernetesCluster {

  @Bean
  @ConfigurationProperties("camel.cluster.kubernetes")
  KubernetesClusterService kubernetesClusterService() {
    return new KubernetesClusterService();
  }
}
