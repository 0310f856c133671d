package org.mqttintegration.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.kubernetes.cluster.KubernetesClusterService;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What the environment of {@code config/kubernetes/leases} makes of the application. */
class KubernetesClusterTest {

  private final ApplicationContextRunner application =
      new ApplicationContextRunner().withUserConfiguration(Binding.class, KubernetesCluster.class);

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties
  static class Binding {}

  @Test
  void given_the_environment_of_the_component_leases_when_started_then_kubernetes_is_chosen_so()
      throws IOException {
    Map<String, Object> environment = environment();

    application
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new SystemEnvironmentPropertySource("test-systemEnvironment", environment)))
        .run(
            context -> {
              KubernetesClusterService service = context.getBean(KubernetesClusterService.class);
              assertThat(service.getKubernetesResourceName()).isEqualTo("mqtt-integration");
              assertThat(service.getClusterLabels()).isEqualTo(Map.of("app", "mqtt-integration"));
              assertThat(service.getLeaseDurationMillis()).isEqualTo(6_000);
              assertThat(service.getRenewDeadlineMillis())
                  .isLessThan(service.getLeaseDurationMillis())
                  .isGreaterThan(
                      (long) (service.getRetryPeriodMillis() * service.getJitterFactor()));
            });
  }

  @Test
  void given_nothing_is_said_when_started_then_kubernetes_is_not_asked() {
    application.run(context -> assertThat(context).doesNotHaveBean(CamelClusterService.class));
  }

  private static Map<String, Object> environment() throws IOException {
    JsonNode patch =
        new YAMLMapper().readTree(Path.of("config/kubernetes/leases/deployment.yaml").toFile());
    Map<String, Object> environment = new TreeMap<>();
    patch
        .at("/spec/template/spec/containers/0/env")
        .forEach(
            entry -> environment.put(entry.path("name").asText(), entry.path("value").asText()));
    assertThat(environment).containsKey("CAMEL_CLUSTER_KUBERNETES_ENABLED");
    return environment;
  }
}
