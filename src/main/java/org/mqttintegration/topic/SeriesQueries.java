package org.mqttintegration.topic;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.Conditions;
import org.mqttintegration.resource.SqlState;
import org.mqttintegration.topic.Series.Column;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Aggregates a topic's payloads in the database. Where there are more than can be read in a moment,
 * it reads some of each part of the time.
 */
@Component
class SeriesQueries {

  /** So many payloads are read, and so many bytes of them, about. */
  private static final int MOST_MESSAGES = 50_000;

  private static final long MOST_BYTES = 64L * 1024 * 1024;

  /** A sample takes so many messages that follow each other: their rows are mostly together. */
  private static final int TOGETHER = 8;

  private static final String CANCELLED = "57014";

  private static final String MESSAGES =
      """
      select "timestamp", payload from history
      where broker_id = :brokerId and hashtextextended(topic, 0) = hashtextextended(:topic, 0)
        and topic = :topic and %s
      """;

  private final JdbcClient database;
  private final TransactionTemplate transaction;

  SeriesQueries(JdbcClient database, PlatformTransactionManager transactions) {
    this.database = database;
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setReadOnly(true);
  }

  private record Extent(long messages, long bytes) {

    /** How many of the messages to read. */
    long budget() {
      long each = Math.max(1, bytes / Math.max(1, messages));
      return Math.min(MOST_MESSAGES, Math.max(1, MOST_BYTES / each));
    }
  }

  /**
   * Reads a series.
   *
   * @throws ProblemException when it takes too long
   */
  Series read(SeriesQuery query) {
    try {
      return transaction.execute(status -> aggregate(query));
    } catch (RuntimeException e) {
      if (CANCELLED.equals(SqlState.of(e))) {
        throw new ProblemException(
            ProblemType.DATABASE_UNAVAILABLE,
            "It takes too long to read that much. Ask for a shorter time or fewer columns.");
      }
      throw e;
    }
  }

  private Series aggregate(SeriesQuery query) {
    // compiling would take longer than the query, with a partition for each day
    database.sql("set local jit = off").update();
    database.sql("set local statement_timeout = '10s'").update();
    Extent extent = extent(query);
    boolean sampled = extent.messages() > extent.budget();
    Map<String, Object> parameters = new HashMap<>(parameters(query));
    parameters.put("from", utc(query));
    parameters.put("column", query.columnMicros());
    parameters.put("path", query.tokens().toArray(String[]::new));
    String messages = sampled ? sample(query, extent, parameters) : within(query, ":from", ":to");
    ResultSetExtractor<Series> reading = result -> series(query, sampled, result);
    return database.sql(columnsSql(messages)).params(parameters).query(reading);
  }

  /** How much there is, up to where it is too much. */
  private Extent extent(SeriesQuery query) {
    return database
        .sql(
            "select count(*), coalesce(sum(octet_length(payload)), 0) from (%s limit :most) counted"
                .formatted(within(query, ":from", ":to")))
        .params(parameters(query))
        .param("from", utc(query))
        .param("most", MOST_MESSAGES + 1)
        .query((row, number) -> new Extent(row.getLong(1), row.getLong(2)))
        .single();
  }

  private static Map<String, Object> parameters(SeriesQuery query) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("brokerId", query.brokerId());
    parameters.put("topic", query.topic());
    parameters.put("to", query.to().atOffset(ZoneOffset.UTC));
    if (query.direction() != null) {
      parameters.put("direction", query.direction());
    }
    return parameters;
  }

  private static OffsetDateTime utc(SeriesQuery query) {
    return query.from().atOffset(ZoneOffset.UTC);
  }

  /** The messages of a time. */
  private static String within(SeriesQuery query, String from, String to) {
    Conditions conditions = new Conditions();
    conditions.add("\"timestamp\" >= %s and \"timestamp\" < %s".formatted(from, to), Map.of());
    conditions.add("direction = :direction", "direction", query.direction());
    return MESSAGES.formatted(conditions.sql());
  }

  /** The last messages of each part of the time; a column has several parts. */
  private static String sample(SeriesQuery query, Extent extent, Map<String, Object> parameters) {
    long perColumn = Math.max(1, extent.budget() / query.columns());
    int together = (int) Math.min(TOGETHER, perColumn);
    int parts = query.columns() * (int) Math.max(1, perColumn / together);
    parameters.put("part", query.divided(parts));
    parameters.put("lastPart", parts - 1);
    parameters.put("together", together);
    return """
    select message.* from generate_series(0, :lastPart) number
    cross join lateral (select cast(:from as timestamptz) + number * :part * interval '1 microsecond' as starts) part
    cross join lateral (%s order by "timestamp" desc limit :together) message
    """
        .formatted(
            within(
                query,
                "starts",
                "least(starts + :part * interval '1 microsecond', cast(:to as timestamptz))"));
  }

  private static String columnsSql(String messages) {
    return """
    select date_bin(:column * interval '1 microsecond', "timestamp", cast(:from as timestamptz)) as at,
           count(*) as messages, count(value) as numbers, min(value) as least, max(value) as most,
           avg(value) as average
    from (select "timestamp", payload_number(payload, :path) as value from (%s) message offset 0) read
    group by at order by at
    """
        .formatted(messages);
  }

  private static Series series(SeriesQuery query, boolean sampled, ResultSet result)
      throws SQLException {
    List<Column> columns = new ArrayList<>();
    long messages = 0;
    long numbers = 0;
    while (result.next()) {
      messages += result.getLong("messages");
      long count = result.getLong("numbers");
      numbers += count;
      if (count > 0) {
        columns.add(
            new Column(
                result.getObject("at", OffsetDateTime.class).toInstant(),
                count,
                result.getDouble("least"),
                result.getDouble("most"),
                result.getDouble("average")));
      }
    }
    double seconds = query.columnMicros() / 1e6;
    return new Series(
        query.brokerId(),
        query.topic(),
        query.field(),
        query.from(),
        query.to(),
        seconds,
        sampled,
        messages,
        messages - numbers,
        columns);
  }
}
