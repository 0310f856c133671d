package org.mqttintegration.broker;

import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.node.Leases;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Leaves the connections to other nodes as soon as they have ended here. What follows at a stop may
 * take long: requests are answered, and routes end.
 */
@Component
class ConnectionLeases implements SmartLifecycle {

  private final Leases leases;
  private volatile boolean running;

  ConnectionLeases(Leases leases) {
    this.leases = leases;
  }

  @Override
  public void start() {
    running = true;
  }

  /** Each holder waits until what its connection received is written. */
  @Override
  public void stop() {
    running = false;
    leases.leaveConnections();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /**
   * Stopped behind the connections. It knows no bean of theirs: one that did would be stopped
   * before them.
   */
  @Override
  public int getPhase() {
    return MqttConnections.PHASE - 1;
  }
}
