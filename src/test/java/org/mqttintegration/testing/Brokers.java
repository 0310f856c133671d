package org.mqttintegration.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.mqttintegration.embedded.ArtemisOfTests;
import org.testcontainers.containers.GenericContainer;

/**
 * Decides which real brokers there are on this machine, and runs each at most once in a run of the
 * tests.
 */
public final class Brokers implements ExtensionContext.Store.CloseableResource {

  private final Map<Part, Offer> offers = new EnumMap<>(Part.class);
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  /** A broker, or the reason why there is none. */
  record Offer(BrokerUnderTest broker, String reason) {}

  static Brokers of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Brokers.class))
        .getOrComputeIfAbsent(Brokers.class, key -> new Brokers(), Brokers.class);
  }

  synchronized Offer offer(Part kind) {
    return offers.computeIfAbsent(kind, this::start);
  }

  private Offer start(Part kind) {
    try {
      return switch (kind) {
        case ARTEMIS -> artemis();
        case MOSQUITTO -> mosquitto();
        case CONTAINER_MOSQUITTO -> container(kind, Images.MOSQUITTO, Images::mosquitto);
        case CONTAINER_HIVEMQ -> container(kind, Images.HIVEMQ, Images::hivemq);
        default -> throw new IllegalArgumentException(kind + " is no broker");
      };
    } catch (Exception e) {
      // it is there but does not start: that is a failure, not a reason to skip
      throw new IllegalStateException(kind + " does not start", e);
    }
  }

  private Offer artemis() throws Exception {
    ArtemisOfTests artemis = running(ArtemisOfTests.start());
    return new Offer(
        new BrokerUnderTest(Part.ARTEMIS, artemis.broker().host(), artemis.broker().port()), "");
  }

  private Offer mosquitto() throws Exception {
    if (Mosquitto.program().isEmpty()) {
      return new Offer(null, "no mosquitto binary on the PATH");
    }
    Mosquitto mosquitto = running(Mosquitto.launch());
    return new Offer(new BrokerUnderTest(Part.MOSQUITTO, "127.0.0.1", mosquitto.port()), "");
  }

  private Offer container(Part kind, String image, Supplier<GenericContainer<?>> maker) {
    String reason = Docker.reasonAgainst(image);
    if (!reason.isEmpty()) {
      return new Offer(null, reason);
    }
    GenericContainer<?> container = running(maker.get());
    container.start();
    int port = container.getMappedPort(Images.MQTT_PORT);
    return new Offer(new BrokerUnderTest(kind, container.getHost(), port), "");
  }

  private <T extends AutoCloseable> T running(T server) {
    running.push(server);
    return server;
  }

  @Override
  public void close() throws Throwable {
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }
}
