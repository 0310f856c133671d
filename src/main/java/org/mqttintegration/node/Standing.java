package org.mqttintegration.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.apache.camel.component.kubernetes.cluster.KubernetesClusterService;
import org.apache.camel.component.kubernetes.cluster.KubernetesClusterView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That this node takes part in who leads.
 *
 * <p>Camel's service over the leases of Kubernetes is two things short of what is needed here: a
 * node whose view was stopped keeps the lease for as long as its pod is ready, and different names
 * can have the same lease. So the view is disabled, which gives the lease up after its duration,
 * and only then stopped; and names are made different.
 */
final class Standing {

  private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

  /** What it takes to give a lease up, beyond its duration: a few requests. */
  private static final long MARGIN_MILLIS = 5_000;

  private static final int LONGEST_NAME = 150;

  private final CamelClusterView view;
  private final CamelClusterEventListener listener;

  private Standing(CamelClusterView view, CamelClusterEventListener listener) {
    this.view = view;
    this.listener = listener;
  }

  /**
   * Begins to take part.
   *
   * @param listener is told who leads, from within this as well
   */
  static Standing begin(
      CamelClusterService service, String name, CamelClusterEventListener listener)
      throws Exception {
    boolean kubernetes = service instanceof KubernetesClusterService;
    CamelClusterView view = service.getView(kubernetes ? inKubernetes(name) : name);
    if (view instanceof KubernetesClusterView ofKubernetes && ofKubernetes.isDisabled()) {
      ofKubernetes.setDisabled(false);
    }
    view.addEventListener(listener);
    return new Standing(view, listener);
  }

  /**
   * Takes part no longer. The listener is told nothing more.
   *
   * @param threads for what is left to do
   */
  void end(Executor threads) throws Exception {
    view.removeEventListener(listener);
    CamelClusterService service = view.getClusterService();
    if (view instanceof KubernetesClusterView ofKubernetes
        && service instanceof KubernetesClusterService settings) {
      ofKubernetes.setDisabled(true);
      // who is about to lead waits for the duration, and for as long before giving the lease up
      long millis = 2 * settings.getLeaseDurationMillis() + MARGIN_MILLIS;
      CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads)
          .execute(() -> release(ofKubernetes));
    } else {
      service.releaseView(view);
    }
  }

  private static void release(KubernetesClusterView view) {
    try {
      view.getClusterService().releaseView(view);
      if (!view.isStarted()) {
        view.setDisabled(false); // else it would begin so
      }
    } catch (Exception e) {
      LOG.warn("lease={} reason={}", view.getNamespace(), e.getClass().getSimpleName(), e);
    }
  }

  /** A name that Kubernetes may have, and no other name has. */
  static String inKubernetes(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "-");
    boolean same = name.matches("[a-z]+/[a-z0-9.]*[a-z0-9]") && name.length() <= LONGEST_NAME;
    String begin = plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
    return same
        ? begin
        : "%s-%s".formatted(begin, UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString());
  }
}
