package org.mqttintegration.mqtt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ConnectionCheck.Step;
import org.mqttintegration.mqtt.ConnectionCheck.StepName;
import org.springframework.stereotype.Component;

/** Checks whether a broker can be connected to, step by step. */
@Component
public class ConnectionProbe {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final int STEPS_WITH_A_LIMIT = 5;

  private final MqttConnections connections;

  ConnectionProbe(MqttConnections connections) {
    this.connections = connections;
  }

  /**
   * Really connects, under a Client Identifier of its own so that a live connection is never thrown
   * off, and disconnects again. Blocks for at most the connect timeout of each step.
   */
  public ConnectionCheck check(ConnectionOptions options) {
    return check(options, step -> {});
  }

  /**
   * The same, and tells each step as it ends.
   *
   * @param watcher called by any thread
   */
  public ConnectionCheck check(ConnectionOptions options, Consumer<Step> watcher) {
    ConnectionOptions own =
        options.forCheck("check-" + UUID.randomUUID().toString().substring(0, 8));
    Attempt attempt = new Attempt(watcher);
    BrokerTransport transport = connections.transports().to(own, attempt::step);
    PahoLink link =
        new PahoLink(own, transport, new PacketIdentifiers(), connections.scheduler(), attempt);
    link.connect();
    try {
      attempt.outcome.get(
          own.connectTimeout().toMillis() * STEPS_WITH_A_LIMIT, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      attempt.ended(link, e);
    } catch (TimeoutException e) {
      attempt.ended(link, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome is a value", e);
    } finally {
      link.disconnect(true);
    }
    return attempt.outcome.join();
  }

  /** Gathers the steps of one check; the first outcome counts. */
  private static final class Attempt implements PahoLink.Listener {

    private final CompletableFuture<ConnectionCheck> outcome = new CompletableFuture<>();
    private final List<Step> steps = Collections.synchronizedList(new ArrayList<>());
    private final Consumer<Step> watcher;
    private volatile long stepStart = System.nanoTime();

    Attempt(Consumer<Step> watcher) {
      this.watcher = watcher;
    }

    void step(StepName name, boolean success, long nanos, @Nullable String detail) {
      Step step = new Step(name, success, nanos / NANOS_PER_MILLI, detail);
      steps.add(step);
      watcher.accept(step);
      stepStart = System.nanoTime();
    }

    @Override
    public void connected(PahoLink link, boolean sessionPresent) {
      step(StepName.CONNACK, true, System.nanoTime() - stepStart, ReasonCode.describe(0));
      outcome.complete(new ConnectionCheck(true, "The broker accepted the connection.", copy()));
    }

    @Override
    public void ended(PahoLink link, @Nullable Throwable cause) {
      String reason = Failures.describe(cause);
      List<Step> soFar = copy();
      if (soFar.isEmpty() || soFar.get(soFar.size() - 1).success()) {
        step(StepName.CONNACK, false, System.nanoTime() - stepStart, reason);
      }
      soFar = copy();
      String where = soFar.get(soFar.size() - 1).name().name();
      outcome.complete(new ConnectionCheck(false, where + ": " + reason, soFar));
    }

    @Override
    public void received(PahoLink link, String topic, MqttMessage message) {}

    @Override
    public void taken(PahoLink link, int packetIdentifier) {}

    @Override
    public void released(PahoLink link, int packetIdentifier) {}

    private List<Step> copy() {
      synchronized (steps) {
        return List.copyOf(steps);
      }
    }
  }
}
