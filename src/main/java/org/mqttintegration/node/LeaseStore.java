package org.mqttintegration.node;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.SqlState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The table {@code lease}. */
@Component
class LeaseStore {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseStore.class);

  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private final ThisNode node;
  private final NodeSettings settings;

  LeaseStore(NodeDatabase database, ThisNode node, NodeSettings settings) {
    this.database = JdbcClient.create(database.pool());
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(database.pool()));
    this.node = node;
    this.settings = settings;
  }

  /**
   * Who has a lease.
   *
   * @param owner the id of the node, null when it was given up
   */
  record Held(@Nullable UUID owner, long epoch) {}

  /** All of them, by name. */
  Map<String, Held> all() {
    Map<String, Held> all = new HashMap<>();
    database
        .sql("select name, owner, epoch from lease")
        .query(
            row -> {
              all.put(
                  row.getString("name"),
                  new Held(row.getObject("owner", UUID.class), row.getLong("epoch")));
            });
    return all;
  }

  /**
   * Makes a lease this node's. What another node has under way with it is waited for shortly; then
   * that node is frozen, and its connections to the database are ended.
   */
  Lease claim(String name) {
    Long own =
        database
            .sql("select epoch from lease where name = :name and owner = :node")
            .param("name", name)
            .param("node", node.id())
            .query(Long.class)
            .optional()
            .orElse(null);
    return new Lease(name, own == null ? take(name) : own, settings.leaseTime());
  }

  private long take(String name) {
    try {
      return takeAlone(name);
    } catch (DataAccessException e) {
      if (!SqlState.LOCK_NOT_AVAILABLE.equals(SqlState.of(e))) {
        throw e;
      }
      LOG.warn("{} held up by another node's transactions, which are ended", name);
      endThoseUnder(name);
      return takeAlone(name);
    }
  }

  private long takeAlone(String name) {
    Long epoch =
        transaction.execute(
            status -> {
              database.sql("set local lock_timeout = '1s'").update();
              database
                  .sql("select pg_advisory_xact_lock(lease_lock(:name))")
                  .param("name", name)
                  .query((row, number) -> number)
                  .list();
              return database
                  .sql(
                      """
                      insert into lease (name, owner, epoch, granted_at)
                      values (:name, :node, 1, clock_timestamp())
                      on conflict (name) do update
                        set owner = excluded.owner, epoch = lease.epoch + 1,
                            granted_at = excluded.granted_at
                      returning epoch
                      """)
                  .param("name", name)
                  .param("node", node.id())
                  .query(Long.class)
                  .single();
            });
    return epoch == null ? 0 : epoch;
  }

  private void endThoseUnder(String name) {
    database
        .sql(
            """
            select pg_terminate_backend(pid) from pg_locks
            where locktype = 'advisory' and granted and pid <> pg_backend_pid()
              and database = (select oid from pg_database where datname = current_database())
              and (classid::bigint << 32) | objid::bigint = lease_lock(:name)
            """)
        .param("name", name)
        .query((row, number) -> number)
        .list();
  }

  /** Gives a lease up, unless another has it. */
  void release(Lease lease) {
    database
        .sql("update lease set owner = null where name = :name and epoch = :epoch")
        .param("name", lease.name())
        .param("epoch", lease.epoch())
        .update();
  }

  /** Gives up all that this node has. */
  void releaseAll() {
    database.sql("update lease set owner = null where owner = ?").param(node.id()).update();
    database
        .sql("delete from node_lock where client_id = ?")
        .param(node.lockId().toString()) // a thread that was interrupted may have left one
        .update();
  }

  /** There is nothing to have any more. */
  void forget(String name) {
    database
        .sql("delete from lease where name = :name and (owner is null or owner = :node)")
        .param("name", name)
        .param("node", node.id())
        .update();
  }
}
