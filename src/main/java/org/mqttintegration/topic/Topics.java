package org.mqttintegration.topic;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.Conditions;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the trees of topics. */
@Component
class Topics {

  /** What the names of a level, and topics that are searched, are ordered by. */
  private static final String BY_NAME = "left(name, 100) collate \"C\"";

  private static final String BY_PATH = "left(path, 100) collate \"C\"";

  private final JdbcClient database;

  Topics(JdbcClient database) {
    this.database = database;
  }

  /** A page of the part of a tree that a query asks for. */
  TopicPage list(TopicQuery query) {
    // before the rows: what changes meanwhile is told twice rather than never
    long position = database.sql("select commit from topic_position").query(Long.class).single();
    String order = query.contains() == null ? BY_NAME : BY_PATH;
    Conditions conditions = conditions(query, order);
    ResultSetExtractor<TopicPage> page = result -> page(result, query.limit(), position);
    return database
        .sql(pageSql(conditions.sql(), order))
        .params(conditions.parameters())
        .param("shown", LastMessage.SHOWN)
        .param("rows", query.limit() + 1)
        .query(page);
  }

  private static TopicPage page(ResultSet result, int limit, long position) throws SQLException {
    List<Topic> items = new ArrayList<>();
    byte[] last = null;
    while (result.next()) {
      if (items.size() == limit && last != null) {
        return new TopicPage(items, new TopicCursor(last).encoded(), position);
      }
      items.add(Topic.of(result, items.size()));
      last = result.getBytes("digest");
    }
    return new TopicPage(items, null, position);
  }

  private Conditions conditions(TopicQuery query, String order) {
    Conditions conditions = new Conditions();
    conditions.add("broker_id = :brokerId", "brokerId", query.brokerId());
    if (query.contains() == null) {
      conditions.add("parent = topic_digest(:under)", "under", query.under());
    } else {
      conditions.add("own_messages > 0", Map.of());
      conditions.add("position(lower(:contains) in lower(path)) > 0", "contains", query.contains());
      conditions.add("starts_with(path, :under)", "under", query.under());
    }
    conditions.add("changed > :changedAfter", "changedAfter", query.changedAfter());
    addPlace(conditions, query.brokerId(), order, ">", "cursor", query.cursor());
    addPlace(conditions, query.brokerId(), order, "<=", "until", query.until());
    return conditions;
  }

  private void addPlace(
      Conditions conditions,
      long brokerId,
      String order,
      String comparison,
      String parameter,
      @Nullable TopicCursor place) {
    if (place != null) {
      String text =
          database
              .sql(
                  "select %s from topic_node where broker_id = :brokerId and digest = :digest"
                      .formatted(order))
              .param("brokerId", brokerId)
              .param("digest", place.digest())
              .query(String.class)
              .optional()
              .orElseThrow(() -> TopicCursor.unknown(parameter));
      conditions.add(
          "(%2$s, digest) %3$s (:%1$sText, :%1$sDigest)".formatted(parameter, order, comparison),
          Map.of(parameter + "Text", text, parameter + "Digest", place.digest()));
    }
  }

  /** Of a large payload no more is read than is shown. */
  private static String pageSql(String conditions, String order) {
    return """
    select node.*, message.* from (
      select * from topic_node where %1$s order by %2$s, digest limit :rows) node
    left join lateral (
      select direction, qos, retain, payload_size, payload_omitted,
             octet_length(payload) as stored_size, substring(payload for :shown) as payload
      from history where "timestamp" = last_timestamp and id = last_id limit 1) message on true
    order by %2$s, digest
    """
        .formatted(conditions, order);
  }
}
