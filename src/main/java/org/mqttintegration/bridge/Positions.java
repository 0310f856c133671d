package org.mqttintegration.bridge;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mqttintegration.history.FeedPosition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The stored positions of durable routes. */
@Component
class Positions {

  private final JdbcClient database;

  Positions(JdbcClient database) {
    this.database = database;
  }

  /** A position and when it last moved. */
  record Stored(String name, FeedPosition position, Instant updatedAt) {}

  Optional<Stored> find(String name) {
    return select("where name = :name").param("name", name).query(Positions::stored).optional();
  }

  List<Stored> all() {
    return select("order by name").query(Positions::stored).list();
  }

  private JdbcClient.StatementSpec select(String which) {
    return database.sql("select name, commit, id, updated_at from durable_position " + which);
  }

  private static Stored stored(java.sql.ResultSet row, int number) throws java.sql.SQLException {
    return new Stored(
        row.getString("name"),
        new FeedPosition(row.getLong("commit"), row.getLong("id")),
        row.getTimestamp("updated_at").toInstant());
  }

  void store(String name, FeedPosition position) {
    database
        .sql(
            """
            insert into durable_position (name, commit, id, updated_at)
            values (:name, :commit, :id, :now)
            on conflict (name) do update set commit = :commit, id = :id, updated_at = :now
            """)
        .param("name", name)
        .param("commit", position.commit())
        .param("id", position.id())
        .param("now", Timestamp.from(Instant.now()))
        .update();
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
