package org.mqttintegration.mqtt;

import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttPingReq;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a PINGREQ (MQTT 5, section 3.12) in every half of the Keep Alive and every few seconds, as
 * each answer proves that nothing was missed before. Finds out within twice the Keep Alive that
 * nobody answers, or within two seconds that Paho's reader has died. From one scheduler for all
 * connections, in place of Paho's timer thread each: Paho notices neither in time.
 */
final class KeepAlive implements MqttPingSender {

  private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);
  private static final long MAX_TICK_MILLIS = 1_000;
  private static final int TICKS = 4;
  private static final long MAX_PING_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final ScheduledExecutorService scheduler;
  private final BrokerTransport transport;
  private final Consumer<Throwable> dead;
  private volatile @Nullable ClientComms comms;
  private @Nullable ScheduledFuture<?> ticking;
  private long lastPing = System.nanoTime() - MAX_PING_NANOS; // the first one soon

  /**
   * Keeps one connection alive.
   *
   * @param dead hears why the connection is over
   */
  KeepAlive(
      ScheduledExecutorService scheduler, BrokerTransport transport, Consumer<Throwable> dead) {
    this.scheduler = scheduler;
    this.transport = transport;
    this.dead = dead;
  }

  @Override
  public synchronized void init(ClientComms clientComms) {
    comms = clientComms;
  }

  @Override
  public synchronized void start() {
    ClientComms current = comms;
    if (current != null && ticking == null) {
      long keepAlive = current.getKeepAlive();
      long tick = keepAlive > 0 ? Math.min(keepAlive / TICKS, MAX_TICK_MILLIS) : MAX_TICK_MILLIS;
      ticking = scheduler.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void stop() {
    if (ticking != null) {
      ticking.cancel(false);
    }
    comms = null;
  }

  /** Paho asks for its next turn; ours come by themselves. */
  @Override
  public void schedule(long delayInMilliseconds) {}

  private void tick() {
    ClientComms current = comms;
    if (current == null) {
      return;
    }
    if (transport.isReaderDead()) {
      dead.accept(new IOException("the broker sent what cannot be read"));
      return;
    }
    long keepAlive = TimeUnit.MILLISECONDS.toNanos(current.getKeepAlive());
    long pause = keepAlive > 0 ? Math.min(keepAlive / 2, MAX_PING_NANOS) : MAX_PING_NANOS;
    if (keepAlive > 0 && transport.silence() > keepAlive / TICKS * 6) {
      dead.accept(new IOException("no answer to a PING within the keepalive"));
    } else if (System.nanoTime() - lastPing >= pause) {
      lastPing = System.nanoTime();
      ping(current);
    }
  }

  private void ping(ClientComms comms) {
    transport.heardUntil().asks();
    try {
      comms.sendNoWait(new MqttPingReq(), new MqttToken(comms.getClient().getClientId()));
    } catch (MqttException e) {
      LOG.debug("PINGREQ not sent", e);
    }
  }
}
