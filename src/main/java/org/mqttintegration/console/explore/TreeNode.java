package org.mqttintegration.console.explore;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the tree.
 *
 * @param topic the contract's {@code Topic}
 * @param name what it is sorted by
 * @param below the level below it, null while it is closed
 */
public record TreeNode(Map<String, Object> topic, String name, @Nullable TreeLevel below) {

  private static final int SHOWN = 80;

  /** What people read for it; a level of a topic may be empty. */
  public String label() {
    return name.isEmpty() ? "(empty)" : name.isBlank() ? "(blank)" : name;
  }

  /** Whether a message has this topic itself. */
  public boolean isTopic() {
    return number("ownMessages") > 0;
  }

  /** What the level below is asked for with. */
  public String under() {
    return path() + "/";
  }

  public String path() {
    return String.valueOf(topic.get("path"));
  }

  /** How many topics and messages there are, in words. */
  public String counts() {
    long topics = number("topics");
    long messages = number("messages");
    String of = Boolean.TRUE.equals(topic.get("children")) ? counted(topics, "topic") + ", " : "";
    return of + counted(messages, "message");
  }

  /** Where the topic is shown. */
  public String address(long broker) {
    Object last = topic.get("last") instanceof Map<?, ?> message ? message.get("historyId") : null;
    return TopicAddress.of(broker, path(), last).page();
  }

  private static String counted(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  private long number(String field) {
    return topic.get(field) instanceof Number number ? number.longValue() : 0;
  }

  /** The last value in one short line, null when there is none to show. */
  @SuppressWarnings("unchecked") // last is an object of the contract
  public @Nullable String value() {
    return topic.get("last") instanceof Map<?, ?> last
        ? Preview.of((Map<String, Object>) last, SHOWN)
        : null;
  }
}
