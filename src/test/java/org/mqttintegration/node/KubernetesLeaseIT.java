package org.mqttintegration.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.mockwebserver.MockWebServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.camel.component.kubernetes.KubernetesConfiguration;
import org.apache.camel.component.kubernetes.cluster.KubernetesClusterService;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who leads by the leases of Kubernetes, of which a server that behaves like it stands here. */
@EnableKubernetesMockClient(crud = true, https = false)
class KubernetesLeaseIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Map<String, String> LABELS = Map.of("app", "mqtt-integration");

  /** It would log each request. */
  private static final Logger REQUESTS = Logger.getLogger(MockWebServer.class.getName());

  static KubernetesClient kubernetes;

  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  /** A pod with a candidate for one lease. */
  private final class Pod {

    private final KubernetesClusterService service;
    private final Candidacy candidacy;
    private volatile boolean granted;

    private Pod(String name, String lease) throws Exception {
      DefaultCamelContext camel = new DefaultCamelContext();
      service = service(name);
      camel.addService(service);
      camel.start();
      running.push(camel);
      ExecutorService threads = Executors.newCachedThreadPool();
      running.push(threads::shutdownNow);
      candidacy = new Candidacy(lease, holder(), store(), threads);
      setReady(name, true);
    }

    private LeaseHolder holder() {
      return new LeaseHolder() {
        @Override
        public void granted(org.mqttintegration.node.Lease lease) {
          granted = true;
        }

        @Override
        public void leave(org.mqttintegration.node.Lease lease) {
          granted = false;
        }
      };
    }

    private Pod stand() throws Exception {
      candidacy.stand(service);
      return this;
    }

    private boolean leads() {
      return granted;
    }
  }

  private static LeaseStore store() {
    LeaseStore store = mock(LeaseStore.class);
    when(store.claim(anyString()))
        .thenAnswer(
            call -> new org.mqttintegration.node.Lease(call.getArgument(0), 1, Duration.ofDays(1)));
    return store;
  }

  private static KubernetesClusterService service(String pod) {
    KubernetesConfiguration configuration = new KubernetesConfiguration();
    configuration.setMasterUrl(kubernetes.getMasterUrl().toString());
    KubernetesClusterService service = new KubernetesClusterService(configuration);
    service.setPodName(pod);
    service.setClusterLabels(LABELS);
    service.setKubernetesResourceName("mqtt-integration");
    service.setKubernetesResourcesNamespace("test");
    service.setLeaseDurationMillis(1_000);
    service.setRenewDeadlineMillis(800);
    service.setRetryPeriodMillis(200);
    return service;
  }

  private static void setReady(String name, boolean ready) {
    kubernetes
        .pods()
        .inNamespace("test")
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("test")
                .withLabels(LABELS)
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus()
                .build())
        .createOr(existing -> existing.update());
  }

  @BeforeAll
  static void quiet() {
    REQUESTS.setLevel(Level.WARNING);
  }

  @AfterEach
  void end() throws Exception {
    while (!running.isEmpty()) {
      running.pop().close();
    }
    kubernetes.leases().inNamespace("test").delete();
    kubernetes.pods().inNamespace("test").delete();
  }

  @Test
  void given_two_candidates_when_both_stand_then_one_leads_by_the_lease_of_that_name()
      throws Exception {
    Pod one = new Pod("one", "connection/5").stand();
    Pod two = new Pod("two", "connection/5").stand();

    await().atMost(PATIENCE).until(() -> one.leads() || two.leads());
    await().during(Duration.ofSeconds(2)).until(() -> one.leads() != two.leads());
    assertThat(leases())
        .extracting(lease -> lease.getMetadata().getName())
        .containsExactly("mqtt-integration-connection-5");
    assertThat(leases().get(0).getSpec().getHolderIdentity())
        .isEqualTo(one.leads() ? "one" : "two");
  }

  @Test
  void given_one_that_leads_when_it_hands_over_while_its_pod_goes_on_then_the_other_leads()
      throws Exception {
    Pod one = new Pod("one", "connection/5").stand();
    await().atMost(PATIENCE).until(one::leads);
    Pod two = new Pod("two", "connection/5").stand();

    one.candidacy.handOver();

    await().atMost(PATIENCE).until(two::leads);
    assertThat(one.leads()).isFalse();
    one.stand();
    two.candidacy.handOver();
    await().atMost(PATIENCE).until(one::leads);
  }

  @Test
  void given_one_that_leads_when_its_pod_is_not_ready_then_the_other_leads() throws Exception {
    Pod one = new Pod("one", "connection/5").stand();
    await().atMost(PATIENCE).until(one::leads);
    Pod two = new Pod("two", "connection/5").stand();

    setReady("one", false);

    await().atMost(PATIENCE).until(two::leads);
    await().atMost(PATIENCE).until(() -> !one.candidacy.lease().isValid());
  }

  @Test
  void given_names_that_kubernetes_would_take_for_one_when_asked_then_they_stay_different() {
    assertThat(List.of("route/Plant 1", "route/plant-1", "route/plant_1", "route/plant/1"))
        .extracting(Standing::inKubernetes)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?"));
    assertThat(Standing.inKubernetes("route/" + "x".repeat(500)).length()).isLessThan(200);
    assertThat(Standing.inKubernetes("connection/12")).isEqualTo("connection-12");
  }

  private static List<Lease> leases() {
    return kubernetes.leases().inNamespace("test").list().getItems();
  }
}
