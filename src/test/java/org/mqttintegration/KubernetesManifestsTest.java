package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;

/** Keeps {@code config/kubernetes} true to Kubernetes, and to what the application is. */
class KubernetesManifestsTest {

  private static final Path FOLDER = Path.of("config/kubernetes");

  private static final String KUSTOMIZE = "kustomize.config.k8s.io/";

  /** Of the Prometheus operator, whose schema is not here. */
  private static final String SERVICE_MONITOR = "ServiceMonitor";

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Stream.of(
              ConfigMap.class,
              Deployment.class,
              Namespace.class,
              PodDisruptionBudget.class,
              Role.class,
              RoleBinding.class,
              Service.class,
              ServiceAccount.class)
          .collect(
              Collectors.toMap(
                  type -> HasMetadata.getApiVersion(type) + " " + HasMetadata.getKind(type),
                  type -> type));

  /** Refuses what a kind does not have, which fabric8 by itself keeps aside. */
  private static final ObjectMapper STRICT =
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
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
    for (JsonNode document : documents(Files.readString(file))) {
      String version = document.path("apiVersion").asText();
      if (!version.startsWith(KUSTOMIZE)
          && !document.path("kind").asText().equals(SERVICE_MONITOR)) {
        assertThat(typed(document)).isNotNull();
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
      typed(documents(text).get(0));
      return "";
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void given_a_kustomization_when_read_then_what_it_names_is_there(Path file) throws IOException {
    JsonNode content = documents(Files.readString(file)).get(0);
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
    Container container = container(deployment());
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
    List<String> names = new ArrayList<>(environment(deployment()));
    names.addAll(environment(read("leases/deployment.yaml", Deployment.class)));
    names.addAll(environment(read("editable-files/deployment.yaml", Deployment.class)));

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

    assertThat(settings(FOLDER.resolve("base/application.yaml")).keySet())
        .isNotEmpty()
        .isSubsetOf(known);
  }

  @Test
  void given_the_secret_that_is_made_by_hand_when_compared_then_the_document_makes_all_of_it()
      throws IOException {
    String document = Files.readString(Path.of("src/docs/kubernetes.md"));

    assertThat(container(deployment()).getEnv())
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

  @ParameterizedTest
  @ValueSource(strings = {"", "leases", "leases monitoring", "editable-files"})
  void given_an_overlay_when_kustomize_renders_it_then_its_parts_belong_together(
      String components, @TempDir Path directory) throws Exception {
    List<JsonNode> rendered = documents(render(components, directory));
    List<HasMetadata> objects = new ArrayList<>();
    for (JsonNode document : rendered) {
      assertThat(document.at("/metadata/namespace").asText("mqtt-integration"))
          .isEqualTo("mqtt-integration");
      if (!document.path("kind").asText().equals(SERVICE_MONITOR)) {
        objects.add(typed(document));
      }
    }
    PodTemplateSpec pod = only(objects, Deployment.class).getSpec().getTemplate();
    Map<String, String> labels = pod.getMetadata().getLabels();

    assertThat(labels)
        .containsAllEntriesOf(only(objects, Service.class).getSpec().getSelector())
        .containsAllEntriesOf(
            only(objects, Deployment.class).getSpec().getSelector().getMatchLabels())
        .containsAllEntriesOf(
            only(objects, PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels());
    assertThat(pod.getSpec().getServiceAccountName())
        .isEqualTo(only(objects, ServiceAccount.class).getMetadata().getName());
    boolean editable = components.contains("editable-files");
    assertThat(pod.getSpec().getVolumes())
        .extracting(Volume::getConfigMap)
        .filteredOn(map -> map != null)
        .extracting(map -> map.getName())
        .containsExactlyInAnyOrderElementsOf(
            names(objects, ConfigMap.class).stream()
                .filter(name -> !(editable && name.endsWith("-routes")))
                .toList());
    assertThat(container(only(objects, Deployment.class)).getVolumeMounts())
        .filteredOn(mount -> mount.getMountPath().equals("/app/routes"))
        .singleElement()
        .satisfies(mount -> assertThat(mount.getReadOnly()).isEqualTo(!editable));
    assertThat(pod.getSpec().getContainers().get(0).getImage())
        .isEqualTo("registry.example.org/mqtt-integration:0.1.0-SNAPSHOT");
    assertThat(Boolean.TRUE.equals(pod.getSpec().getAutomountServiceAccountToken()))
        .isEqualTo(components.contains("leases"));
    assertThat(names(objects, Role.class)).hasSize(components.contains("leases") ? 1 : 0);
    assertThat(rendered)
        .filteredOn(document -> document.path("kind").asText().equals(SERVICE_MONITOR))
        .hasSize(components.contains("monitoring") ? 1 : 0)
        .allSatisfy(
            monitor -> {
              assertThat(monitor.at("/spec/endpoints/0/path").asText())
                  .isEqualTo("/actuator/prometheus");
              assertThat(only(objects, Service.class).getMetadata().getLabels())
                  .containsAllEntriesOf(
                      STRICT.convertValue(monitor.at("/spec/selector/matchLabels"), Map.class));
            });
  }

  /** The example, in a copy with these components. */
  private static String render(String components, Path directory) throws Exception {
    assumeTrue(isThere("kubectl"), "kubectl renders kustomizations, and is not here");
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = directory.resolve(FOLDER.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Path overlay = directory.resolve("example/kustomization.yaml");
    String used =
        Stream.of(components.split(" "))
            .filter(name -> !name.isEmpty())
            .map(name -> "  - ../" + name + "\n")
            .collect(Collectors.joining());
    Files.writeString(
        overlay, Files.readString(overlay) + (used.isEmpty() ? "" : "\ncomponents:\n" + used));
    Process process =
        new ProcessBuilder("kubectl", "kustomize", overlay.getParent().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String text = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).isZero();
    return text;
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static <T extends HasMetadata> T only(List<HasMetadata> objects, Class<T> type) {
    List<T> found = objects.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).as(type.getSimpleName()).hasSize(1);
    return found.get(0);
  }

  private static List<String> names(List<HasMetadata> objects, Class<?> type) {
    return objects.stream()
        .filter(type::isInstance)
        .map(object -> object.getMetadata().getName())
        .toList();
  }

  private static Deployment deployment() throws IOException {
    return read("base/deployment.yaml", Deployment.class);
  }

  private static <T extends HasMetadata> T read(String file, Class<T> type) throws IOException {
    return type.cast(typed(documents(Files.readString(FOLDER.resolve(file))).get(0)));
  }

  private static Container container(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  private static List<String> environment(Deployment deployment) {
    return container(deployment).getEnv().stream().map(EnvVar::getName).toList();
  }

  private static List<JsonNode> documents(String text) throws IOException {
    return STRICT.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll();
  }

  private static HasMetadata typed(JsonNode document) throws IOException {
    String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
    assertThat(KINDS).containsKey(kind);
    return STRICT.treeToValue(document, KINDS.get(kind));
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
