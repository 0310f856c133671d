package org.mqttintegration.history;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mqttintegration.mqtt.TopicFilter;

/**
 * A topic filter (MQTT 5, section 4.7) as a condition on the column {@code topic}.
 *
 * @param sql the condition, with named parameters
 * @param parameters their values
 */
record TopicCondition(String sql, Map<String, Object> parameters) {

  /** By the hash that is indexed. */
  private static final String ONE_TOPIC =
      "hashtextextended(topic, 0) = hashtextextended(:topic, 0) and topic = :topic";

  /** The condition that holds for the topics which a well-formed filter matches. */
  static TopicCondition of(String filter) {
    String plain = TopicFilter.withoutShare(filter);
    return TopicFilter.hasWildcard(plain)
        ? matching(plain)
        : new TopicCondition(ONE_TOPIC, Map.of("topic", plain));
  }

  private static TopicCondition matching(String filter) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    StringBuilder sql = new StringBuilder("topic ~ :topicRegex");
    parameters.put("topicRegex", regex(filter));
    String prefix = literalPrefix(filter);
    if (!prefix.isEmpty()) {
      // cheaper than the regular expression, and asked first
      sql.insert(0, "topic like :topicPrefix and ");
      parameters.put("topicPrefix", likeEscaped(prefix) + "%");
    } else {
      sql.insert(0, "left(topic, 1) <> '$' and "); // section 4.7.2
    }
    return new TopicCondition(sql.toString(), parameters);
  }

  /**
   * What stands before the first wildcard; without the slash before #, as it matches the parent.
   */
  private static String literalPrefix(String filter) {
    int plus = filter.indexOf('+');
    int hash = filter.indexOf('#');
    return plus >= 0 ? filter.substring(0, plus) : filter.substring(0, Math.max(0, hash - 1));
  }

  /** The filter as a regular expression that means the same to PostgreSQL and to Java. */
  static String regex(String filter) {
    StringBuilder regex = new StringBuilder("^");
    for (int i = 0; i < filter.length(); i++) {
      char c = filter.charAt(i);
      if (c == '+') {
        regex.append("[^/]*");
      } else if (c == '#' && i == 0) {
        return regex.toString(); // anything
      } else if (c == '/' && i + 2 == filter.length() && filter.charAt(i + 1) == '#') {
        return regex.append("(/|$)").toString();
      } else {
        appendLiteral(regex, c);
      }
    }
    return regex.append('$').toString();
  }

  private static void appendLiteral(StringBuilder regex, char c) {
    boolean plain = c >= 0x80 || Character.isLetterOrDigit(c) || c == '/';
    if (!plain) {
      regex.append('\\');
    }
    regex.append(c);
  }

  private static String likeEscaped(String literal) {
    return literal.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
