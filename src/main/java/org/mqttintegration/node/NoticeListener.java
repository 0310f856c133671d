package org.mqttintegration.node;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Hears the notices of the other nodes, on a connection of its own. */
@Component
class NoticeListener implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeListener.class);
  private static final int LISTEN_MILLIS = 1_000;
  private static final int PROBE_SECONDS = 2;
  private static final int PROBES_EVERY = 5;
  private static final long AGAIN_MILLIS = 1_000;
  private static final long LOOK_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long JOIN_MILLIS = 3_000;

  private final NodeDatabase database;
  private final ApplicationEventPublisher events;
  private final String self;
  private final Thread thread = new Thread(this::run, "notice-listener");
  private volatile boolean running = true;
  private boolean heardBefore;

  NoticeListener(NodeDatabase database, ApplicationEventPublisher events, ThisNode node) {
    this.database = database;
    this.events = events;
    this.self = node.id().toString();
    thread.setDaemon(true);
  }

  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.HIGHEST_PRECEDENCE)
  void start() {
    thread.start();
  }

  private void run() {
    while (running) {
      try (Connection connection = database.open()) {
        listen(connection);
      } catch (SQLException | RuntimeException e) {
        LOG.debug("notices not heard", e); // others say that the database is away
        pause();
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + Notices.CHANNEL);
    }
    if (heardBefore) {
      publish(new NoticesMissed());
    }
    heardBefore = true;
    long looked = System.nanoTime();
    PGConnection postgres = connection.unwrap(PGConnection.class);
    for (int looks = 1; running; looks++) {
      PGNotification[] heard = postgres.getNotifications(LISTEN_MILLIS);
      for (PGNotification notification : heard == null ? new PGNotification[0] : heard) {
        Notice notice = notice(notification.getParameter());
        if (notice != null) {
          publish(notice);
        }
      }
      if (System.nanoTime() - looked > LOOK_NANOS) {
        publish(new NoticesMissed());
        looked = System.nanoTime();
      }
      if (looks % PROBES_EVERY == 0 && !connection.isValid(PROBE_SECONDS)) {
        return;
      }
    }
  }

  private @Nullable Notice notice(String text) {
    String[] parts = text.split(" ", 3);
    return parts.length < 3 || parts[0].equals(self) ? null : new Notice(parts[1], parts[2]);
  }

  private void publish(Object event) {
    try {
      events.publishEvent(event);
    } catch (RuntimeException e) {
      LOG.warn("notice={} reason={}", event, e.getClass().getSimpleName(), e);
    }
  }

  private void pause() {
    try {
      Thread.sleep(AGAIN_MILLIS);
    } catch (InterruptedException e) {
      running = false;
    }
  }

  @Override
  public void destroy() throws InterruptedException {
    running = false;
    if (thread.isAlive()) {
      thread.interrupt();
      thread.join(JOIN_MILLIS);
    }
  }
}
