package org.mqttintegration.broker;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.ConnectionStatus;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.resource.WireName;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/**
 * Whether the brokers that are wanted connected are, on whichever node. One that is away degrades
 * the group of brokers and nothing else: its status is none that health as a whole, liveness or
 * readiness look at.
 */
@Component("brokerHealthIndicator") // "broker" in the answer
class BrokerHealth implements HealthIndicator {

  private static final Status DEGRADED = new Status("DEGRADED");

  private final BrokerNames names;
  private final BrokerConnections connections;
  private final ReportedStates states;

  BrokerHealth(BrokerNames names, BrokerConnections connections, ReportedStates states) {
    this.names = names;
    this.connections = connections;
    this.states = states;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    names
        .all()
        .forEach(
            (id, name) -> {
              health.withDetail(name, told(id, states.connection(ConnectionKey.of(id))));
              if (connections.keys(id).stream().anyMatch(this::isAway)) {
                health.status(DEGRADED);
              }
            });
    return health.build();
  }

  private boolean isAway(String key) {
    return states.connection(key).state() == State.CONNECTING;
  }

  private Map<String, Object> told(long id, ConnectionStatus live) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("brokerId", id);
    told.put("connection", WireName.of(live.state()));
    told.put("since", live.since());
    if (live.message() != null) {
      told.put("reason", live.message());
    }
    connections.keys(id).stream()
        .filter(ConnectionKey::isShare)
        .forEach(
            key ->
                told.put(
                    "sharedConnection" + ConnectionKey.share(key),
                    WireName.of(states.connection(key).state())));
    return told;
  }
}
