package org.mqttintegration.bridge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.trace.FailureSummary;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.Conditions;
import org.mqttintegration.resource.PayloadEncoding;
import org.mqttintegration.secret.UsedSecrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the exchanges that failed for good, until they are tried again with success, or dropped.
 */
@Component
class DeadLetters {

  /** An exchange property: the id of the exchange in which a dead letter is tried again. */
  static final String RETRIED = "mqttDeadLetter";

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private static final String COLUMNS =
      """
      id, route_id, from_uri, exchange, history_id, body_type, octet_length(body) as body_size,
      exception, message, step, failed_at, retries
      """;

  private final JdbcClient database;
  private final KeptMessage messages;
  private final UsedSecrets secrets;
  private final ApplicationEventPublisher events;

  DeadLetters(
      JdbcClient database,
      KeptMessage messages,
      UsedSecrets secrets,
      ApplicationEventPublisher events) {
    this.database = database;
    this.messages = messages;
    this.secrets = secrets;
    this.events = events;
  }

  /**
   * Keeps a failed exchange, and logs that.
   *
   * @param original the message that came into its route
   * @return the dead letter; null when it could not be kept, and that is logged
   */
  @Nullable Long keep(Exchange failed, Message original) {
    try {
      long id = insert(failed, original);
      LOG.warn(
          "route={} exchange={} state=dead_letter dead_letter={} exception={}",
          failed.getFromRouteId(),
          failed.getExchangeId(),
          id,
          DeadLetter.type(failed));
      events.publishEvent(new DeadLetterKept(failed.getFromRouteId(), id, DeadLetter.type(failed)));
      return id;
    } catch (RuntimeException e) {
      LOG.error(
          "route={} exchange={} state=failed dead_letter=not_stored exception={} reason={}",
          failed.getFromRouteId(),
          failed.getExchangeId(),
          DeadLetter.type(failed),
          e.getClass().getSimpleName());
      return null;
    }
  }

  private long insert(Exchange failed, Message original) {
    Object body = original.getBody();
    return database
        .sql(
            """
            insert into dead_letter (route_id, from_uri, exchange, history_id, headers, body, body_type,
                                     exception, message, step, failed_at)
            values (:route, :from, :exchange, :history, :headers, :body, :type, :exception, :message,
                    :step, :now)
            returning id
            """)
        .param("route", failed.getFromRouteId())
        .param("from", failed.getFromEndpoint().getEndpointBaseUri())
        .param("exchange", failed.getExchangeId())
        .param("history", original.getHeader(SignalHeaders.HISTORY_ID, Long.class))
        .param("headers", messages.headers(original))
        .param("body", messages.body(original))
        .param("type", body == null ? null : body.getClass().getName())
        .param("exception", DeadLetter.type(failed))
        .param("message", storable(message(DeadLetter.failure(failed))))
        .param("step", step(failed))
        .param("now", Timestamp.from(Instant.now()))
        .query(Long.class)
        .single();
  }

  /** What a failure says, without secrets. */
  @Nullable String message(Throwable failure) {
    return secrets.hide(failure.getMessage());
  }

  /** A failure in a line, without secrets. */
  String summary(Throwable failure) {
    return String.valueOf(secrets.hide(FailureSummary.of(failure)));
  }

  private @Nullable String step(Exchange failed) {
    return storable(secrets.hide(failed.getProperty(Exchange.FAILURE_ENDPOINT, String.class)));
  }

  /** PostgreSQL's text has no NUL. */
  private static @Nullable String storable(@Nullable String text) {
    return text == null ? null : text.replace('\0', '\uFFFD');
  }

  /** Those of a route, or of all, oldest first. */
  DeadLetterPage list(@Nullable String routeId, @Nullable Long cursor, int limit) {
    Conditions conditions = conditions(routeId, cursor);
    List<DeadLetter> found =
        database
            .sql(
                "select %s from dead_letter where %s order by id limit :limit"
                    .formatted(COLUMNS, conditions.sql()))
            .params(conditions.parameters())
            .param("limit", limit + 1)
            .query(DeadLetters::deadLetter)
            .list();
    boolean more = found.size() > limit;
    List<DeadLetter> items = more ? found.subList(0, limit) : found;
    return new DeadLetterPage(
        items, count(routeId, null), more ? Long.toString(items.get(limit - 1).id()) : null);
  }

  /**
   * One with all that is kept of it.
   *
   * @throws ProblemException not found
   */
  DeadLetterContent get(long id) {
    return database
        .sql("select " + COLUMNS + ", headers, body from dead_letter where id = :id")
        .param("id", id)
        .query(this::content)
        .optional()
        .orElseThrow(() -> ProblemException.notFound("dead letter", id));
  }

  /**
   * The route that one failed in.
   *
   * @throws ProblemException not found
   */
  String routeId(long id) {
    return database
        .sql("select route_id from dead_letter where id = :id")
        .param("id", id)
        .query(String.class)
        .optional()
        .orElseThrow(() -> ProblemException.notFound("dead letter", id));
  }

  /** Makes a message of what is kept of one. */
  void restore(long id, Message into) {
    database
        .sql("select headers, body, body_type from dead_letter where id = :id")
        .param("id", id)
        .query(
            row -> {
              messages.restore(
                  into, row.getString("headers"), row.getBytes("body"), row.getString("body_type"));
            });
  }

  /** How many are behind one. */
  long count(@Nullable String routeId, @Nullable Long after) {
    Conditions conditions = conditions(routeId, after);
    return database
        .sql("select count(*) from dead_letter where " + conditions.sql())
        .params(conditions.parameters())
        .query(Long.class)
        .single();
  }

  /** It failed again. */
  void failedAgain(long id, Exchange failed) {
    database
        .sql(
            """
            update dead_letter set retries = retries + 1, retried_at = :now, failed_at = :now,
                                   exception = :exception, message = :message, step = :step
            where id = :id
            """)
        .param("id", id)
        .param("exception", DeadLetter.type(failed))
        .param("message", storable(message(DeadLetter.failure(failed))))
        .param("step", step(failed))
        .param("now", Timestamp.from(Instant.now()))
        .update();
  }

  /** Whether it was there. */
  boolean delete(long id) {
    return database.sql("delete from dead_letter where id = :id").param("id", id).update() > 0;
  }

  /** Drops those of a route, or all; how many. */
  int deleteAll(@Nullable String routeId) {
    Conditions conditions = conditions(routeId, null);
    return database
        .sql("delete from dead_letter where " + conditions.sql())
        .params(conditions.parameters())
        .update();
  }

  private static Conditions conditions(@Nullable String routeId, @Nullable Long after) {
    Conditions conditions = new Conditions();
    conditions.add("route_id = :route", "route", routeId);
    conditions.add("id > :after", "after", after);
    return conditions;
  }

  private DeadLetterContent content(ResultSet row, int number) throws SQLException {
    byte[] body = row.getBytes("body");
    PayloadEncoding encoding = body == null ? null : PayloadEncoding.of(body);
    return new DeadLetterContent(
        deadLetter(row, number),
        messages.headers(row.getString("headers")),
        encoding == null ? null : encoding.encode(body),
        encoding);
  }

  private static DeadLetter deadLetter(ResultSet row, int number) throws SQLException {
    return new DeadLetter(
        row.getLong("id"),
        row.getString("route_id"),
        row.getString("from_uri"),
        row.getString("exchange"),
        row.getObject("history_id", Long.class),
        row.getString("body_type"),
        row.getObject("body_size", Integer.class),
        row.getString("exception"),
        row.getString("message"),
        row.getString("step"),
        row.getTimestamp("failed_at").toInstant(),
        row.getInt("retries"));
  }
}
