package org.mqttintegration.schedule;

import java.util.concurrent.TimeUnit;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.resource.SqlState;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.listeners.SchedulerListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Lets schedules fire while everything that sending needs is there. */
@Component
class SchedulerLife implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(SchedulerLife.class);

  /** How long firings may take to end; without the database they never do. */
  private static final long STOP_SECONDS = 10;

  private final Scheduler scheduler;
  private volatile boolean running;

  SchedulerLife(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Behind the connections. */
  @EventListener(ApplicationReadyEvent.class)
  @Order(Brokers.CONNECT_ORDER + 2)
  void fire() throws SchedulerException {
    scheduler.getListenerManager().addSchedulerListener(new Errors());
    scheduler.start();
  }

  /** Says in a line what Quartz could not do; it tries again by itself. */
  private final class Errors extends SchedulerListenerSupport {
    @Override
    public void schedulerError(String message, SchedulerException cause) {
      if (running) {
        LOG.warn("schedules=waiting reason=\"{}\"", reason(cause));
      }
    }

    private String reason(Throwable failure) {
      return SqlState.isAway(failure)
          ? "The database is away."
          : NestedExceptionUtils.getMostSpecificCause(failure).toString();
    }
  }

  @Override
  public void start() {
    running = true;
  }

  /** Waits for what fires; what does not end is made up for after the next start. */
  @Override
  public void stop() {
    running = false;
    Thread stopping = new Thread(this::shutDown, "schedules-stopping");
    stopping.setDaemon(true);
    stopping.start();
    try {
      stopping.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void shutDown() {
    try {
      scheduler.shutdown(true);
    } catch (SchedulerException e) {
      LOG.warn("schedules=not-stopped reason=\"{}\"", e.getClass().getSimpleName());
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stopped first of all, before what takes sends. */
  @Override
  public int getPhase() {
    return MqttConnections.PHASE + 2;
  }
}
