package org.mqttintegration.mqtt;

import org.jspecify.annotations.Nullable;

/** Topic filters (MQTT 5, section 4.7): what a subscription asks for. */
public final class TopicFilter {

  private TopicFilter() {}

  /**
   * Says what is wrong with a topic filter, {@code $share/group/filter} included.
   *
   * @return a sentence, or null when the filter is well formed
   */
  public static @Nullable String fault(String filter) {
    if (isShared(filter)) {
      return sharedFault(filter);
    }
    String fault = TopicName.stringFault("topic filter", filter);
    return fault != null ? fault : wildcardFault(filter);
  }

  /** Whether the filter has a wildcard, so that it names no single topic. */
  public static boolean hasWildcard(String filter) {
    return filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0;
  }

  /** Whether a message to {@code topic} is one that {@code filter} asks for. */
  public static boolean matches(String filter, String topic) {
    String plain = withoutShare(filter);
    if (topic.startsWith("$") && (plain.startsWith("+") || plain.startsWith("#"))) {
      return false; // section 4.7.2
    }
    int f = 0;
    int t = 0;
    while (f < plain.length()) {
      int fEnd = levelEnd(plain, f);
      if (plain.charAt(f) == '#' && fEnd == f + 1) {
        return true;
      }
      if (t > topic.length()) {
        return false;
      }
      int tEnd = levelEnd(topic, t);
      boolean single = fEnd == f + 1 && plain.charAt(f) == '+';
      if (!single && (fEnd - f != tEnd - t || !plain.regionMatches(f, topic, t, fEnd - f))) {
        return false;
      }
      if (fEnd == plain.length()) {
        return tEnd == topic.length();
      }
      f = fEnd + 1;
      t = tEnd + 1;
    }
    // the filter ends with an empty level
    return t == topic.length();
  }

  /** Whether this is a shared subscription (section 4.8.2). */
  public static boolean isShared(String filter) {
    return filter.startsWith("$share/");
  }

  /** The filter that messages are matched with: that of a shared subscription without its group. */
  public static String withoutShare(String filter) {
    return isShared(filter)
        ? filter.substring(filter.indexOf('/', "$share/".length()) + 1)
        : filter;
  }

  private static @Nullable String sharedFault(String filter) {
    int end = filter.indexOf('/', "$share/".length());
    String group = end < 0 ? "" : filter.substring("$share/".length(), end);
    if (group.isEmpty() || hasWildcard(group)) {
      return "A shared topic filter is $share/<group>/<filter>, and the group has no + or #.";
    }
    String fault = TopicName.stringFault("topic filter", filter);
    if (fault != null) {
      return fault;
    }
    String plain = withoutShare(filter);
    return plain.isEmpty()
        ? "A shared topic filter needs a filter behind its group."
        : wildcardFault(plain);
  }

  private static @Nullable String wildcardFault(String filter) {
    for (int start = 0; start <= filter.length(); ) {
      int end = levelEnd(filter, start);
      String level = filter.substring(start, end);
      if (level.contains("#") && (level.length() > 1 || end < filter.length())) {
        return "In a topic filter # stands alone, as the last level: plant/#.";
      }
      if (level.contains("+") && level.length() > 1) {
        return "In a topic filter + stands alone in its level: plant/+/temperature.";
      }
      start = end + 1;
    }
    return null;
  }

  private static int levelEnd(String topic, int from) {
    int end = topic.indexOf('/', from);
    return end < 0 ? topic.length() : end;
  }
}
