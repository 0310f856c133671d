package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.testing.Programs;

/** What kustomize makes of {@code config/kubernetes}. */
class KubernetesOverlaysTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "leases", "leases monitoring", "editable-files"})
  void given_an_overlay_when_kustomize_renders_it_then_its_parts_belong_together(
      String components, @TempDir Path directory) throws Exception {
    List<JsonNode> rendered = KubernetesManifests.documents(render(components, directory));
    List<HasMetadata> objects = new ArrayList<>();
    for (JsonNode document : rendered) {
      assertThat(document.at("/metadata/namespace").asText("mqtt-integration"))
          .isEqualTo("mqtt-integration");
      if (!KubernetesManifests.isServiceMonitor(document)) {
        objects.add(KubernetesManifests.typed(document));
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
    assertThat(KubernetesManifests.container(only(objects, Deployment.class)).getVolumeMounts())
        .filteredOn(mount -> mount.getMountPath().equals("/app/routes"))
        .singleElement()
        .satisfies(mount -> assertThat(mount.getReadOnly()).isEqualTo(!editable));
    assertThat(pod.getSpec().getContainers().get(0).getImage())
        .isEqualTo("registry.example.org/mqtt-integration:0.1.0-SNAPSHOT");
    assertThat(Boolean.TRUE.equals(pod.getSpec().getAutomountServiceAccountToken()))
        .isEqualTo(components.contains("leases"));
    assertThat(names(objects, Role.class)).hasSize(components.contains("leases") ? 1 : 0);
    assertThat(rendered)
        .filteredOn(KubernetesManifests::isServiceMonitor)
        .hasSize(components.contains("monitoring") ? 1 : 0)
        .allSatisfy(
            monitor -> {
              assertThat(monitor.at("/spec/endpoints/0/path").asText())
                  .isEqualTo("/actuator/prometheus");
              assertThat(only(objects, Service.class).getMetadata().getLabels())
                  .containsAllEntriesOf(
                      KubernetesManifests.STRICT.convertValue(
                          monitor.at("/spec/selector/matchLabels"), Map.class));
            });
  }

  /** The example, in a copy with these components. */
  private static String render(String components, Path directory) throws Exception {
    assumeTrue(Programs.isThere("kubectl"), "kubectl renders kustomizations, and is not here");
    try (Stream<Path> files = Files.walk(KubernetesManifests.FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = directory.resolve(KubernetesManifests.FOLDER.relativize(file).toString());
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
}
