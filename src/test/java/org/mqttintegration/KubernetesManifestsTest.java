package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.kubernetes.cluster.KubernetesClusterService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;

/** Keeps {@code config/kubernetes} true to Kubernetes, and to what the application is. */
class KubernetesManifestsTest {

  private static final String KUSTOMIZE = "kustomize.config.k8s.io/";

  static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.walk(KubernetesManifests.FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("application.yaml") && !file.toString().contains("routes"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void given_a_manifest_when_read_then_it_has_only_what_its_kind_has(Path file) throws IOException {
    for (JsonNode document : KubernetesManifests.documents(Files.readString(file))) {
      String version = document.path("apiVersion").asText();
      if (!version.startsWith(KUSTOMIZE) && !KubernetesManifests.isServiceMonitor(document)) {
        assertThat(KubernetesManifests.typed(document)).isNotNull();
      }
    }
  }

  @Test
  void given_the_check_of_manifests_when_one_has_what_its_kind_has_not_then_it_is_found() {
    String wrong =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: x}
        spec: {template: {spec: {containers: [{name: x, readinesProbe: {}}]}}}
        """;

    assertThat(assertThatReading(wrong)).contains("readinesProbe");
  }

  private static String assertThatReading(String text) {
    try {
      KubernetesManifests.typed(KubernetesManifests.documents(text).get(0));
      return "";
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void given_a_kustomization_when_read_then_what_it_names_is_there(Path file) throws IOException {
    JsonNode content = KubernetesManifests.documents(Files.readString(file)).get(0);
    List<String> named = new ArrayList<>();
    content.path("resources").forEach(entry -> named.add(entry.asText()));
    content.path("patches").forEach(entry -> named.add(entry.path("path").asText()));
    content
        .path("configMapGenerator")
        .forEach(map -> map.path("files").forEach(entry -> named.add(entry.asText())));

    assertThat(named)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(file.resolveSibling(name)).exists());
  }

  static List<Path> kustomizations() throws IOException {
    return manifests().stream().filter(file -> file.endsWith("kustomization.yaml")).toList();
  }

  @Test
  void given_the_probes_when_compared_with_the_application_then_it_serves_their_paths()
      throws IOException {
    Map<String, String> settings = settings(Path.of("src/main/resources/application.yaml"));
    assertThat(settings).containsEntry("management.endpoint.health.probes.enabled", "true");
    Container container = KubernetesManifests.container(KubernetesManifests.deployment());
    for (Probe probe :
        List.of(
            container.getStartupProbe(),
            container.getReadinessProbe(),
            container.getLivenessProbe())) {
      assertThat(probe.getHttpGet().getPath())
          .isIn("/actuator/health/liveness", "/actuator/health/readiness");
      assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
    }
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).endsWith("/readiness");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).endsWith("/liveness");
    assertThat(container.getPorts().get(0).getContainerPort())
        .isEqualTo(Integer.valueOf(settings.get("server.port")));
  }

  @Test
  void given_the_environment_of_the_nodes_when_compared_with_the_settings_then_each_is_one()
      throws IOException {
    Set<String> known = new TreeSet<>(environmentNames());
    known.addAll(ofCamelsClusterService());
    List<String> names =
        new ArrayList<>(KubernetesManifests.environment(KubernetesManifests.deployment()));
    names.addAll(
        KubernetesManifests.environment(
            KubernetesManifests.read("leases/deployment.yaml", Deployment.class)));
    names.addAll(
        KubernetesManifests.environment(
            KubernetesManifests.read("editable-files/deployment.yaml", Deployment.class)));

    assertThat(names).hasSizeGreaterThan(8).contains("CAMEL_CLUSTER_KUBERNETES_ENABLED");
    names.removeAll(List.of("JAVA_TOOL_OPTIONS", "CAMEL_CLUSTER_KUBERNETES_ENABLED"));
    assertThat(names)
        .allSatisfy(
            name ->
                assertThat(known)
                    .as(name)
                    .anyMatch(setting -> name.equals(setting) || name.startsWith(setting + "_")));
  }

  /** As Spring's relaxed binding has them, without what a map has below its name. */
  private static Set<String> ofCamelsClusterService() {
    return Stream.of(BeanUtils.getPropertyDescriptors(KubernetesClusterService.class))
        .filter(property -> property.getWriteMethod() != null)
        .map(property -> "CAMEL_CLUSTER_KUBERNETES_" + property.getName().toUpperCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  @Test
  void given_the_configuration_of_the_nodes_when_compared_with_the_settings_then_each_is_one()
      throws IOException {
    Set<String> known = new TreeSet<>(metadata());
    known.add("mqtt-integration.demonstration.enabled"); // which only a condition reads

    assertThat(settings(KubernetesManifests.FOLDER.resolve("base/application.yaml")).keySet())
        .isNotEmpty()
        .isSubsetOf(known);
  }

  @Test
  void given_the_secret_that_is_made_by_hand_when_compared_then_the_document_makes_all_of_it()
      throws IOException {
    String document = Files.readString(Path.of("src/docs/kubernetes.md"));

    assertThat(KubernetesManifests.container(KubernetesManifests.deployment()).getEnv())
        .filteredOn(variable -> isSecret(variable))
        .hasSizeGreaterThan(3)
        .allSatisfy(
            variable -> {
              assertThat(variable.getValueFrom().getSecretKeyRef().getName())
                  .isEqualTo("mqtt-integration");
              assertThat(document)
                  .contains(
                      "--from-literal=%s="
                          .formatted(variable.getValueFrom().getSecretKeyRef().getKey()));
            });
    assertThat(document).contains("kubectl create secret generic mqtt-integration ");
  }

  private static boolean isSecret(EnvVar variable) {
    return variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null;
  }

  private static Map<String, String> settings(Path file) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    new YamlPropertySourceLoader()
        .load("file", new FileSystemResource(file))
        .forEach(
            source -> {
              for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
                settings.put(name, String.valueOf(source.getProperty(name)));
              }
            });
    return settings;
  }

  /** The names of all settings, as the libraries and we note them. */
  private static Set<String> metadata() throws IOException {
    Set<String> names = new TreeSet<>();
    for (URL url :
        Collections.list(
            KubernetesManifestsTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream stream = url.openStream()) {
        new ObjectMapper()
            .readTree(stream)
            .path("properties")
            .forEach(property -> names.add(property.path("name").asText()));
      }
    }
    return names;
  }

  /** As the environment has them: without hyphens, or with underscores in their place. */
  private static Set<String> environmentNames() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String name : metadata()) {
      String upper = name.toUpperCase(Locale.ROOT).replace('.', '_');
      names.add(upper.replace("-", ""));
      names.add(upper.replace('-', '_'));
    }
    return names;
  }
}
