package org.mqttintegration.node;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code node}. */
@Component
class NodeStore {

  /** For how long one that has ended is told of. */
  private static final String KEPT = "1 day";

  private final JdbcClient database;
  private final ThisNode node;

  NodeStore(NodeDatabase database, ThisNode node) {
    this.database = JdbcClient.create(database.pool());
    this.node = node;
  }

  /**
   * A node that has not said that it ended.
   *
   * @param seenAt when it was heard of, by the database's clock
   * @param silence how long ago that is
   * @param age for how long it has run
   * @param leaving whether it ends, and takes nothing any more
   */
  record Running(UUID id, OffsetDateTime seenAt, Duration silence, Duration age, boolean leaving) {}

  /** This node begins; one of its name that ran before has ended, or shall. */
  void begin() {
    database
        .sql(
            """
            with before as (
              update node set stopped_at = clock_timestamp()
              where name = :name and id <> :id and stopped_at is null),
            old as (delete from node where coalesce(stopped_at, seen_at) < now() - interval '%s')
            insert into node (id, name, version, started_at, seen_at)
            values (:id, :name, :version, clock_timestamp(), clock_timestamp())
            on conflict (id) do nothing
            """
                .formatted(KEPT))
        .param("id", node.id())
        .param("name", node.name())
        .param("version", node.version())
        .update();
  }

  /** This node runs. False when another of its name has started since. */
  boolean isSeen() {
    return database
            .sql("update node set seen_at = clock_timestamp() where id = ? and stopped_at is null")
            .param(node.id())
            .update()
        > 0;
  }

  List<Running> running() {
    return database
        .sql(
            """
            select id, seen_at, extract(epoch from clock_timestamp() - seen_at) * 1000 as silence,
                   extract(epoch from clock_timestamp() - started_at) * 1000 as age, leaving
            from node where stopped_at is null
            """)
        .query(
            (row, number) ->
                new Running(
                    row.getObject("id", UUID.class),
                    row.getObject("seen_at", OffsetDateTime.class),
                    Duration.ofMillis(row.getLong("silence")),
                    Duration.ofMillis(row.getLong("age")),
                    row.getBoolean("leaving")))
        .list();
  }

  /** This node ends: it takes nothing any more. */
  void leave() {
    database.sql("update node set leaving = true where id = ?").param(node.id()).update();
  }

  /** This node has ended. */
  void end() {
    database
        .sql("update node set stopped_at = clock_timestamp() where id = ? and stopped_at is null")
        .param(node.id())
        .update();
  }
}
