package org.mqttintegration.bridge;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mqttintegration.history.FeedPosition;
import org.mqttintegration.node.Fence;
import org.mqttintegration.node.Lease;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The stored positions of durable routes. */
@Component
class Positions {

  private final JdbcClient database;
  private final TransactionOperations transactions;
  private final Fence fence;

  Positions(JdbcClient database, TransactionOperations transactions, Fence fence) {
    this.database = database;
    this.transactions = transactions;
    this.fence = fence;
  }

  /**
   * A position and when it last moved.
   *
   * @param generation rises when the route was made to go on from elsewhere
   */
  record Stored(String name, FeedPosition position, long generation, Instant updatedAt) {}

  Optional<Stored> find(String name) {
    return select("where name = :name").param("name", name).query(Positions::stored).optional();
  }

  List<Stored> all() {
    return select("order by name").query(Positions::stored).list();
  }

  private JdbcClient.StatementSpec select(String which) {
    return database.sql(
        "select name, commit, id, generation, updated_at from durable_position " + which);
  }

  private static Stored stored(java.sql.ResultSet row, int number) throws java.sql.SQLException {
    return new Stored(
        row.getString("name"),
        new FeedPosition(row.getLong("commit"), row.getLong("id")),
        row.getLong("generation"),
        row.getTimestamp("updated_at").toInstant());
  }

  /** Begins there, unless there is a position already. */
  void create(String name, FeedPosition position) {
    database
        .sql(
            """
            insert into durable_position (name, commit, id, updated_at)
            values (:name, :commit, :id, :now) on conflict (name) do nothing
            """)
        .params(parameters(name, position))
        .update();
  }

  /**
   * Keeps how far the route came.
   *
   * @param lease of the route
   * @param generation of the position that it began with
   * @return false when another node has the route, or it was made to go on from elsewhere
   */
  boolean advance(Lease lease, String name, FeedPosition position, long generation) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status ->
                fence.lost(database, Set.of(lease)).isEmpty()
                    && database
                            .sql(
                                """
                                update durable_position set commit = :commit, id = :id, updated_at = :now
                                where name = :name and generation = :generation
                                """)
                            .params(parameters(name, position))
                            .param("generation", generation)
                            .update()
                        > 0));
  }

  /** Whoever has the route goes on from there. */
  void move(String name, FeedPosition position) {
    database
        .sql(
            """
            insert into durable_position (name, commit, id, updated_at)
            values (:name, :commit, :id, :now)
            on conflict (name) do update set commit = :commit, id = :id, updated_at = :now,
                                             generation = durable_position.generation + 1
            """)
        .params(parameters(name, position))
        .update();
  }

  private static Map<String, Object> parameters(String name, FeedPosition position) {
    return Map.of(
        "name", name,
        "commit", position.commit(),
        "id", position.id(),
        "now", Timestamp.from(Instant.now()));
  }

  /** Whether there was one. */
  boolean delete(String name) {
    return database
            .sql("delete from durable_position where name = :name")
            .param("name", name)
            .update()
        > 0;
  }
}
