package org.mqttintegration.broker;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.mqttintegration.mqtt.ConnectionCounts;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.resource.MetersOfEach;
import org.mqttintegration.resource.WireName;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What the connections to brokers count. Of each broker there is one series of each, under its id,
 * for as long as it is stored.
 */
@Component
class BrokerMeters {

  private static final String BROKER = "broker";

  private final MeterRegistry registry;
  private final MqttConnections connections;
  private final MetersOfEach<Named> meters;

  private record Named(long id, String name) {

    private String key() {
      return ConnectionKey.of(id);
    }
  }

  BrokerMeters(MeterRegistry registry, MqttConnections connections) {
    this.registry = registry;
    this.connections = connections;
    this.meters = new MetersOfEach<>(registry, this::register);
    Gauge.builder("mqtt.inflight.fill", connections, MqttConnections::inFlightFill)
        .description("How full the memory for QoS 1 and 2 messages is; at 1 brokers are held back")
        .register(registry);
  }

  @EventListener
  void on(BrokerNames.Known event) {
    meters.keep(
        event.names().entrySet().stream()
            .map(entry -> new Named(entry.getKey(), entry.getValue()))
            .collect(Collectors.toSet()));
  }

  private List<Meter> register(Named broker) {
    Tags tags = Tags.of(BROKER, broker.key());
    List<Meter> all = new ArrayList<>();
    all.add(
        Gauge.builder("mqtt.broker.name", () -> 1)
            .description("1; which name the broker with an id has")
            .tags(tags.and("name", broker.name()))
            .register(registry));
    for (State state : State.values()) {
      all.add(
          Gauge.builder("mqtt.connection.state", () -> connections.count(broker.id, state))
              .description("How many of this node's connections to the broker are in that state")
              .tags(tags.and("state", WireName.of(state)))
              .register(registry));
    }
    all.add(counter(broker, "received", "Messages that came", ConnectionCounts::received));
    all.add(
        counter(
            broker,
            "repeated",
            "QoS 2 messages that came again, and were not recorded again",
            ConnectionCounts::repeated));
    all.add(counter(broker, "connects", "Connections made", ConnectionCounts::connects));
    all.add(counter(broker, "losses", "Connections lost", ConnectionCounts::losses));
    all.add(
        counter(broker, "failures", "Attempts to connect that failed", ConnectionCounts::failures));
    return all;
  }

  private Meter counter(
      Named broker, String name, String description, ToLongFunction<ConnectionCounts> count) {
    return FunctionCounter.builder(
            "mqtt.connection." + name,
            connections,
            all -> all.counts(broker.id()).stream().mapToLong(count).sum())
        .description(description)
        .tag(BROKER, broker.key())
        .register(registry);
  }
}
