package org.mqttintegration.node;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node does about one lease: stands for it or not, claims it when it leads, and tells the
 * holder. A claim that fails is made again at the next look.
 */
final class Candidacy implements CamelClusterEventListener.Leadership {

  private static final Logger LOG = LoggerFactory.getLogger(Candidacy.class);

  private final String name;
  private final LeaseHolder holder;
  private final LeaseStore store;
  private final Executor threads;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private @Nullable Standing standing;
  private volatile boolean leading;
  private volatile boolean leaving;
  private volatile boolean ended;
  private volatile @Nullable Lease lease;

  Candidacy(String name, LeaseHolder holder, LeaseStore store, Executor threads) {
    this.name = name;
    this.holder = holder;
    this.store = store;
    this.threads = threads;
  }

  /** The lease, unless another node is known to have it. */
  @Nullable Lease lease() {
    return lease;
  }

  /** Takes part in who leads. */
  synchronized void stand(CamelClusterService service) throws Exception {
    if (standing == null && mayTake()) {
      standing = Standing.begin(service, name, this);
    }
  }

  /** Takes part no longer. */
  void withdraw() throws Exception {
    Standing ending;
    synchronized (this) {
      ending = standing;
      standing = null;
    }
    if (ending != null) { // unlocked: whoever tells us that we lead holds what this waits for
      ending.end(threads);
      setLeading(false);
    }
  }

  @Override
  public void leadershipChanged(CamelClusterView of, @Nullable CamelClusterMember leader) {
    setLeading(leader != null && leader.isLocal());
  }

  private void setLeading(boolean now) {
    leading = now;
    Lease held = lease;
    if (held != null) {
      held.setLeading(now);
    }
    claimIfLeading();
  }

  private boolean mayTake() {
    return !leaving && !ended;
  }

  private void claimIfLeading() {
    if (leading && lease == null) {
      later(this::claim);
    }
  }

  private void claim() {
    if (leading && lease == null && mayTake()) {
      Lease claimed = store.claim(name);
      lease = claimed;
      if (!mayTake()) {
        claimed.setLeading(false); // the next step gives it up
      }
      LOG.info("{} granted", claimed);
      try {
        holder.granted(claimed);
      } catch (RuntimeException e) {
        lease = null; // and claimed again at the next look
        throw e;
      }
    }
  }

  /**
   * Compares with what the database says.
   *
   * @param askedAt {@link System#nanoTime()} before it was asked
   */
  void check(@Nullable UUID owner, long epoch, UUID self, long askedAt) {
    Lease held = lease;
    if (held == null) {
      claimIfLeading();
    } else if (self.equals(owner) && epoch == held.epoch()) {
      held.heldAt(askedAt);
    } else if (!held.isNewerThan(askedAt)) {
      lose(held);
    }
  }

  /** Another node has it. */
  void lose(Lease held) {
    held.lose();
    if (lease == held) {
      lease = null;
      LOG.warn("{} lost to another node", held);
      later(() -> holder.leave(held));
    }
  }

  /** Ends what is under way, and leaves it to another node. */
  void handOver() {
    if (leaving) {
      return;
    }
    leaving = true;
    Lease held = lease;
    if (held != null) {
      held.setLeading(false); // nothing new begins
    }
    later(this::giveUp);
  }

  /** The same, and for good: this node does not stand for it again. */
  void end() {
    ended = true;
    handOver();
  }

  /** In its turn: a claim may have been under way when this was asked for. */
  private void giveUp() throws Exception {
    try {
      Lease held = lease;
      if (held != null) {
        leave(held);
      }
    } finally {
      withdraw();
      leaving = false;
    }
  }

  private void leave(Lease held) {
    holder.leave(held);
    held.lose();
    lease = null;
    store.release(held);
    LOG.info("{} handed over", held);
  }

  /** One after the other. */
  private synchronized void later(Step step) {
    last =
        last.thenRunAsync(
            () -> {
              try {
                step.run();
              } catch (Exception | Error e) {
                LOG.warn("lease={} reason={}", name, e.getClass().getSimpleName(), e);
              }
            },
            threads);
  }

  /** Waits until all that was begun has been done. */
  void settle() {
    settled().join();
  }

  /** Completes when all that was begun so far has been done. */
  synchronized CompletableFuture<Void> settled() {
    return last;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }
}
