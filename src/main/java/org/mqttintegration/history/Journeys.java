package org.mqttintegration.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.JourneyDraft.Message;
import org.mqttintegration.history.JourneyStep.What;
import org.mqttintegration.problem.ProblemException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The ways of messages: what the history knows of them, and all features above. */
@Component
class Journeys {

  private final JdbcClient database;
  private final ObjectProvider<JourneyPart> parts;

  Journeys(JdbcClient database, ObjectProvider<JourneyPart> parts) {
    this.database = database;
    this.parts = parts;
  }

  private record Commit(long position, @Nullable Instant at) {}

  /**
   * A message's way.
   *
   * @throws ProblemException not found
   */
  Journey of(long id) {
    Optional<Commit> commit = commit(id);
    FeedPosition position = commit.map(c -> new FeedPosition(c.position(), id)).orElse(null);
    Message message =
        database
            .sql(
                """
                select id, direction, "timestamp", broker_id, subscription_id, topic from history
                where id = :id
                """)
            .param("id", id)
            .query((row, number) -> message(row, position))
            .optional()
            .orElseThrow(() -> ProblemException.notFound("history entry", id));
    JourneyDraft draft = new JourneyDraft(message);
    draft.add(
        JourneyStep.of(message.sent() ? What.PUBLISHED : What.RECEIVED, message.timestamp())
            .at(message.topic())
            .of(JourneyRecords.broker(message.brokerId())));
    commit.ifPresent(found -> draft.add(JourneyStep.of(What.COMMITTED, found.at())));
    parts.orderedStream().forEach(part -> part.addTo(draft));
    return draft.journey();
  }

  private static Message message(ResultSet row, @Nullable FeedPosition position)
      throws SQLException {
    return new Message(
        row.getLong("id"),
        Direction.SEND.word().equals(row.getString("direction")),
        row.getObject("timestamp", OffsetDateTime.class).toInstant(),
        row.getLong("broker_id"),
        row.getObject("subscription_id", Long.class),
        row.getString("topic"),
        position);
  }

  private Optional<Commit> commit(long id) {
    return database
        .sql(
            """
            select position, committed_at from (
              select * from history_commit where first_id <= :id order by first_id desc limit 1) run
            where last_id >= :id
            """)
        .param("id", id)
        .query(
            (row, number) -> {
              OffsetDateTime at = row.getObject("committed_at", OffsetDateTime.class);
              return new Commit(row.getLong("position"), at == null ? null : at.toInstant());
            })
        .optional();
  }
}
