package org.mqttintegration.node;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mqttintegration.resource.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells the other nodes of changes, by PostgreSQL's NOTIFY; there they are {@link Notice} events. A
 * notice says only that something is to be looked at: one that is lost is made up for by {@link
 * NoticesMissed}, or by whoever looks again by itself.
 */
@Component
public class Notices implements DisposableBean {

  /** A broker, by its id, was added, changed or deleted. */
  public static final String BROKER = "broker";

  /** A subscription, by its id, was added, changed, deleted, or shall be asked for anew. */
  public static final String SUBSCRIPTION = "subscription";

  /** Sends wait for a broker, by its id. */
  public static final String SENDS = "sends";

  /** A send, by its id, shall be cancelled. */
  public static final String CANCEL = "cancel";

  /** A send, by its id, has its outcome. */
  public static final String OUTCOME = "outcome";

  /** Messages were recorded. */
  public static final String HISTORY = "history";

  /** What connections and subscriptions are doing has changed. */
  public static final String STATES = "states";

  /** A durable route, by its name, shall go on from elsewhere. */
  public static final String POSITION = "position";

  /** Responses of a broker, by its id, shall be subscribed to. */
  public static final String RESPONSES = "responses";

  /** A route file, by its name, has another version. */
  public static final String ROUTE_FILE = "route-file";

  /** A response came, by the last level of its topic and the id of its row. */
  public static final String RESPONSE = "response";

  /** Requests were let through: how many, and whose they are. */
  public static final String REQUESTS = "requests";

  static final String CHANNEL = "mqtt_integration";

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final long SOON_MILLIS = 50;

  private final JdbcClient database;
  private final JdbcClient aside;
  private final ThisNode node;
  private final Leases leases;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor thread;

  Notices(JdbcClient database, NodeDatabase aside, ThisNode node, Leases leases) {
    this.database = database;
    this.aside = JdbcClient.create(aside.pool());
    this.node = node;
    this.leases = leases;
    this.thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("notices-"));
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Tells of one thing; when the present transaction commits, if there is one, which fails with it.
   * Never fails without.
   */
  public void tell(String kind, Object value) {
    try {
      send(database, kind + " " + value);
    } catch (RuntimeException e) {
      if (TransactionSynchronizationManager.isActualTransactionActive()) {
        throw e;
      }
      LOG.debug("notice not sent", e); // the others lost the database too, and look again
    }
  }

  /**
   * Tells soon, and once of what comes meanwhile. Never waits, never fails. Does nothing while
   * there is no other node.
   */
  public void tellSoon(String kind, Object value) {
    if (!leases.hasOthers()) {
      return;
    }
    String notice = kind + " " + value;
    if (waiting.add(notice)) {
      try {
        thread.schedule(() -> sendAside(notice), SOON_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("stopping", e);
      }
    }
  }

  private void sendAside(String notice) {
    waiting.remove(notice);
    try {
      send(aside, notice);
    } catch (RuntimeException e) {
      LOG.debug("notice not sent", e); // the others look again by themselves
    }
  }

  private void send(JdbcClient by, String notice) {
    by.sql("select pg_notify(:channel, :notice)")
        .param("channel", CHANNEL)
        .param("notice", node.id() + " " + notice)
        .query((row, number) -> number)
        .list();
  }

  @Override
  public void destroy() {
    thread.shutdown();
  }
}
