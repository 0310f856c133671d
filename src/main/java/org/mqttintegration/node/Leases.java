package org.mqttintegration.node;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.camel.cluster.CamelClusterService;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.node.LeaseStore.Held;
import org.mqttintegration.node.NodeStore.Running;
import org.mqttintegration.resource.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What of all that is wanted this node has. Looks at the nodes and the leases about once a second:
 * stands for leases that nobody has, gives up what is more than its share, and notices when another
 * node has taken one.
 */
@Component
public class Leases implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
  private static final int LOOKS = 5;
  private static final long LEAVE_SECONDS = 10;

  private final NodeStore nodes;
  private final LeaseStore store;
  private final ThisNode self;
  private final NodeSettings settings;
  private final ObjectProvider<CamelClusterService> cluster;
  private final ApplicationEventPublisher events;
  private final LiveNodes live;
  private final Map<String, Candidacy> wanted = new ConcurrentHashMap<>();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(new DaemonThreads("lease-work-"));
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(1, new DaemonThreads("leases-"));

  /** On the watch's thread. */
  private boolean begun;

  private volatile boolean superseded;
  private volatile boolean away;
  private volatile boolean ending;
  private volatile int others;

  Leases(
      NodeStore nodes,
      LeaseStore store,
      ThisNode self,
      NodeSettings settings,
      ObjectProvider<CamelClusterService> cluster,
      ApplicationEventPublisher events) {
    this.events = events;
    this.nodes = nodes;
    this.store = store;
    this.self = self;
    this.settings = settings;
    this.cluster = cluster;
    this.live = new LiveNodes(self.id(), settings.leaseTime(), System.nanoTime());
    watch.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Before anything is wanted. */
  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.HIGHEST_PRECEDENCE)
  void start() {
    long every = Math.min(1_000, settings.leaseTime().toMillis() / LOOKS);
    watch.scheduleWithFixedDelay(this::look, 0, every, TimeUnit.MILLISECONDS);
  }

  /**
   * Some node shall have a lease, from now on.
   *
   * @param holder is told when it is this one
   */
  public void want(String name, LeaseHolder holder) {
    Candidacy candidacy = new Candidacy(name, telling(holder), store, threads);
    if (wanted.putIfAbsent(name, candidacy) == null) {
      lookSoon();
    }
  }

  /** Others hear of it before the holder begins, and when it has left. */
  private LeaseHolder telling(LeaseHolder holder) {
    return new LeaseHolder() {
      @Override
      public void granted(Lease lease) {
        events.publishEvent(new LeaseTaken(lease));
        holder.granted(lease);
      }

      @Override
      public void leave(Lease lease) {
        holder.leave(lease);
        events.publishEvent(new LeaseLeft(lease));
      }
    };
  }

  /** This node shall not have a lease any more. Its holder has left it when this returns. */
  public void unwant(String name) {
    Candidacy candidacy = wanted.remove(name);
    if (candidacy != null) {
      candidacy.end();
      candidacy.settle();
    }
  }

  /** The same, and no node ever will: the name does not come again. */
  public void forget(String name) {
    unwant(name);
    try {
      store.forget(name);
    } catch (RuntimeException e) {
      LOG.debug("lease={} row stays", name, e);
    }
  }

  /** The lease, when it is this node's as far as is known. */
  public Optional<Lease> held(String name) {
    Candidacy candidacy = wanted.get(name);
    return candidacy == null ? Optional.empty() : Optional.ofNullable(candidacy.lease());
  }

  /** The lease of a connection, while this node has it. */
  public Optional<Lease> ofConnection(String key) {
    return held(Lease.ofConnection(key));
  }

  /** Whether it is this node's for certain. */
  public boolean isValid(String name) {
    return held(name).filter(Lease::isValid).isPresent();
  }

  /** Whether other nodes live. */
  public boolean hasOthers() {
    return others > 0;
  }

  private void lookSoon() {
    if (asked.compareAndSet(false, true)) {
      try {
        watch.execute(this::look);
      } catch (RejectedExecutionException e) {
        LOG.debug("stopping", e);
      }
    }
  }

  private void look() {
    asked.set(false);
    try {
      lookOnce();
      away = false;
    } catch (Exception e) {
      if (!away) {
        away = true;
        LOG.warn("leases=not_seen reason={}", e.getClass().getSimpleName());
      }
    }
  }

  private void lookOnce() throws Exception {
    long now = System.nanoTime();
    if (!begun) {
      nodes.begin();
      begun = true;
    }
    if (!superseded && !nodes.isSeen()) {
      superseded = true;
      LOG.error(
          "node={} another node of this name has started; this one leaves all it has. Give each a"
              + " name by mqtt-integration.node.name",
          self.name());
    }
    List<Running> running = nodes.running();
    live.look(running, now);
    Map<String, Held> held = store.all();
    wanted.forEach((name, candidacy) -> check(candidacy, held.get(name), now));
    Set<UUID> alive = live.alive();
    others = alive.size() - 1;
    share(new LeaseLook(self.id(), running, alive, held, settings.leaseTime()));
  }

  private void check(Candidacy candidacy, @Nullable Held held, long now) {
    if (held == null || superseded) {
      candidacy.check(null, 0, self.id(), now);
    } else {
      candidacy.check(held.owner(), held.epoch(), self.id(), now);
    }
  }

  /** Each kind by itself. */
  private void share(LeaseLook look) throws Exception {
    Map<String, List<String>> kinds =
        wanted.keySet().stream()
            .collect(Collectors.groupingBy(name -> name.substring(0, name.indexOf('/') + 1)));
    for (Collection<String> kind : kinds.values()) {
      LeaseShares.Plan plan = look.plan(kind);
      for (String name : kind) {
        Candidacy candidacy = wanted.get(name);
        if (candidacy != null) {
          follow(candidacy, name, plan, look.isOwn(name));
        }
      }
    }
  }

  private void follow(Candidacy candidacy, String name, LeaseShares.Plan plan, boolean own)
      throws Exception {
    if (superseded || plan.give().contains(name)) {
      candidacy.handOver();
    } else if (own || (plan.take().contains(name) && !ending)) {
      candidacy.stand(cluster.getObject());
    } else if (candidacy.lease() == null) {
      candidacy.withdraw();
    }
  }

  /**
   * This node ends: it takes nothing any more, and gives up the leases of connections, while it has
   * those of routes for as long as these run. Holders have left theirs when this returns; where the
   * database is away, that is not waited for.
   */
  public void leaveConnections() {
    ending = true;
    try {
      nodes.leave(); // first: others share all of what they see to be free
    } catch (RuntimeException e) {
      LOG.warn("node=not_seen_to_leave reason={}", e.getClass().getSimpleName());
    }
    List<Candidacy> left =
        wanted.entrySet().stream()
            .filter(candidacy -> candidacy.getKey().startsWith(Lease.ofConnection("")))
            .map(Map.Entry::getValue)
            .toList();
    left.forEach(Candidacy::end);
    CompletableFuture.allOf(left.stream().map(Candidacy::settled).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, LEAVE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /** The last of all: what routes did is written by now. Others take over at once. */
  @Override
  public void destroy() throws InterruptedException {
    watch.shutdown();
    watch.awaitTermination(settings.leaseTime().toMillis(), TimeUnit.MILLISECONDS);
    threads.shutdown();
    try {
      store.releaseAll();
      nodes.end();
    } catch (RuntimeException e) {
      LOG.warn("leases=not_released reason={}", e.getClass().getSimpleName());
    }
  }
}
