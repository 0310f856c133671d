package org.mqttintegration.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.support.cluster.AbstractCamelClusterView;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.integration.leader.AbstractCandidate;
import org.springframework.integration.leader.Context;
import org.springframework.integration.support.leader.LockRegistryLeaderInitiator;
import org.springframework.integration.support.locks.LockRegistry;

/** Takes part, while it is started, in who leads in a namespace. */
final class PostgresClusterView extends AbstractCamelClusterView {

  /** How often the lock is renewed within the lease time. */
  private static final int RENEWALS = 5;

  private static final long TRY_AGAIN_MILLIS = 250;

  private final String node;
  private final LockRegistry locks;
  private final Duration leaseTime;
  private final Local local = new Local();
  private volatile boolean leading;
  private volatile @Nullable Standing latest;
  private @Nullable LockRegistryLeaderInitiator initiator;

  PostgresClusterView(
      PostgresClusterService service,
      String namespace,
      String node,
      LockRegistry locks,
      Duration leaseTime) {
    super(service, namespace);
    this.node = node;
    this.locks = locks;
    this.leaseTime = leaseTime;
  }

  /** This node; of the others a view knows nothing. */
  private final class Local implements CamelClusterMember {

    @Override
    public String getId() {
      return node;
    }

    @Override
    public boolean isLeader() {
      return leading;
    }

    @Override
    public boolean isLocal() {
      return true;
    }
  }

  private final class Standing extends AbstractCandidate {

    private Standing() {
      super(node, getNamespace());
    }

    @Override
    public void onGranted(Context context) {
      lead(this, true);
    }

    @Override
    public void onRevoked(Context context) {
      lead(this, false);
    }
  }

  /** One that was stopped says so on its own thread, which may be when the next one leads. */
  private void lead(Standing by, boolean now) {
    if (by == latest) {
      leading = now;
      fireLeadershipChangedEvent(now ? local : null);
    }
  }

  @Override
  protected void doStart() {
    Standing standing = new Standing();
    latest = standing;
    leading = false;
    LockRegistryLeaderInitiator starting = new LockRegistryLeaderInitiator(locks, standing);
    SimpleAsyncTaskExecutor thread = new SimpleAsyncTaskExecutor("lease-" + getNamespace() + "-");
    thread.setDaemon(true);
    starting.setTaskExecutor(thread);
    starting.setHeartBeatMillis(leaseTime.toMillis() / RENEWALS);
    starting.setBusyWaitMillis(TRY_AGAIN_MILLIS);
    starting.start();
    initiator = starting;
  }

  @Override
  protected void doStop() {
    LockRegistryLeaderInitiator stopping = initiator;
    if (stopping != null) {
      stopping.stop();
      initiator = null;
    }
  }

  @Override
  public Optional<CamelClusterMember> getLeader() {
    return leading ? Optional.of(local) : Optional.empty();
  }

  @Override
  public CamelClusterMember getLocalMember() {
    return local;
  }

  @Override
  public List<CamelClusterMember> getMembers() {
    return List.of(local);
  }
}
