package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The manifests of {@code config/kubernetes}, read strictly. */
final class KubernetesManifests {

  static final Path FOLDER = Path.of("config/kubernetes");

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
  static final ObjectMapper STRICT =
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  private KubernetesManifests() {}

  static Deployment deployment() throws IOException {
    return read("base/deployment.yaml", Deployment.class);
  }

  static <T extends HasMetadata> T read(String file, Class<T> type) throws IOException {
    return type.cast(typed(documents(Files.readString(FOLDER.resolve(file))).get(0)));
  }

  static Container container(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  static List<String> environment(Deployment deployment) {
    return container(deployment).getEnv().stream().map(EnvVar::getName).toList();
  }

  static List<JsonNode> documents(String text) throws IOException {
    return STRICT.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll();
  }

  static boolean isServiceMonitor(JsonNode document) {
    return document.path("kind").asText().equals(SERVICE_MONITOR);
  }

  static HasMetadata typed(JsonNode document) throws IOException {
    String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
    assertThat(KINDS).containsKey(kind);
    return STRICT.treeToValue(document, KINDS.get(kind));
  }
}
