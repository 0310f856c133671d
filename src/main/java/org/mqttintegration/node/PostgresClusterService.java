package org.mqttintegration.node;

import java.time.Duration;
import org.apache.camel.support.cluster.AbstractCamelClusterService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Component;

/**
 * Camel's cluster service over the application's database: who leads has a lock of Spring
 * Integration's registry. Route files have it as {@code master:}. On Kubernetes Camel's own can
 * stand in for it, by {@code camel.cluster.kubernetes.enabled}.
 */
@Component
@ConditionalOnProperty(
    name = "camel.cluster.kubernetes.enabled",
    havingValue = "false",
    matchIfMissing = true)
class PostgresClusterService extends AbstractCamelClusterService<PostgresClusterView> {

  /** By the database's clock, whatever time the nodes have. */
  private static final String NOW =
      "case when cast(? as timestamp) is null then null else clock_timestamp() at time zone 'UTC' end";

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

  private final ThisNode node;
  private final NodeSettings settings;
  private final LockRegistry locks;

  PostgresClusterService(NodeDatabase database, ThisNode node, NodeSettings settings) {
    super("postgresql");
    this.node = node;
    this.settings = settings;
    JdbcLockRegistry registry = new JdbcLockRegistry(repository(database, node, settings));
    registry.setIdleBetweenTries(BETWEEN_TRIES);
    this.locks = registry;
  }

  private static DefaultLockRepository repository(
      NodeDatabase database, ThisNode node, NodeSettings settings) {
    DefaultLockRepository repository =
        new DefaultLockRepository(database.pool(), node.lockId().toString());
    long millis = settings.leaseTime().toMillis();
    repository.setTimeToLive((int) millis);
    repository.setPrefix("node_");
    repository.setTransactionManager(new DataSourceTransactionManager(database.pool()));
    repository.setUpdateQuery(
        """
        update %%slock set client_id = ?, created_date = %s
        where region = ? and lock_key = ? and (client_id = ?
          or created_date < clock_timestamp() at time zone 'UTC' - interval '%d ms'
             and cast(? as timestamp) is not null)
        """
            .formatted(NOW, millis));
    repository.setInsertQuery(
        """
        insert into %%slock (region, lock_key, client_id, created_date) values (?, ?, ?, %s)
        on conflict do nothing
        """
            .formatted(NOW));
    repository.afterPropertiesSet();
    repository.afterSingletonsInstantiated();
    return repository;
  }

  @Override
  protected PostgresClusterView createView(String namespace) {
    return new PostgresClusterView(this, namespace, node.name(), locks, settings.leaseTime());
  }
}
