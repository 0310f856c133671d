package org.mqttintegration.mqtt;

import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends PINGREQ (MQTT 5, section 3.12) from one scheduler for all connections, in place of Paho's
 * timer thread each.
 */
final class ScheduledPings implements MqttPingSender {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduledPings.class);

  private final ScheduledExecutorService scheduler;
  private final BrokerTransport transport;
  private @Nullable ClientComms comms;
  private @Nullable ScheduledFuture<?> next;

  ScheduledPings(ScheduledExecutorService scheduler, BrokerTransport transport) {
    this.scheduler = scheduler;
    this.transport = transport;
  }

  @Override
  public synchronized void init(ClientComms clientComms) {
    comms = clientComms;
  }

  @Override
  public void start() {
    ClientComms current = comms;
    if (current != null && current.getKeepAlive() > 0) {
      schedule(current.getKeepAlive());
    }
  }

  @Override
  public synchronized void stop() {
    if (next != null) {
      next.cancel(false);
    }
    comms = null;
  }

  @Override
  public synchronized void schedule(long delayInMilliseconds) {
    if (comms != null) {
      next = scheduler.schedule(this::ping, delayInMilliseconds, TimeUnit.MILLISECONDS);
    }
  }

  private void ping() {
    ClientComms current;
    synchronized (this) {
      current = comms;
    }
    if (current == null) {
      return;
    }
    if (transport.isHeld()) { // Paho would take the broker for dead, as nobody reads its answers
      pingPastPaho();
      schedule(Math.max(1, current.getKeepAlive() / 2));
    } else {
      current.checkForActivity();
    }
  }

  private void pingPastPaho() {
    try {
      transport.ping();
    } catch (IOException e) {
      LOG.debug("ping not sent", e);
    }
  }
}
