package org.mqttintegration.broker;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mqttintegration.mqtt.ConnectionStatus;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.resource.WireName;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/**
 * Whether the brokers that are wanted connected are. One that is away degrades the group of brokers
 * and nothing else: its status is none that health as a whole, liveness or readiness look at.
 */
@Component("brokerHealthIndicator") // "broker" in the answer
class BrokerHealth implements HealthIndicator {

  private static final Status DEGRADED = new Status("DEGRADED");

  private final BrokerNames names;
  private final MqttConnections connections;

  BrokerHealth(BrokerNames names, MqttConnections connections) {
    this.names = names;
    this.connections = connections;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    names
        .all()
        .forEach(
            (id, name) -> {
              ConnectionStatus live = connections.status(Brokers.connectionKey(id));
              health.withDetail(name, told(id, live));
              if (live.state() == State.CONNECTING) {
                health.status(DEGRADED);
              }
            });
    return health.build();
  }

  private static Map<String, Object> told(long id, ConnectionStatus live) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("brokerId", id);
    told.put("connection", WireName.of(live.state()));
    told.put("since", live.since());
    if (live.message() != null) {
      told.put("reason", live.message());
    }
    return told;
  }
}
