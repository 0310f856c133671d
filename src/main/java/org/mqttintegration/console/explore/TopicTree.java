package org.mqttintegration.console.explore;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.springframework.stereotype.Component;

/** Levels of a broker's tree of topics, asked for as whoever is signed in. */
@Component
class TopicTree {

  /** So many rows of a level are shown at first, and so many more each time. */
  static final int PAGE = 100;

  private static final int MOST_CHANGES = 500;

  /** A page opens no more levels than a topic has in the tree. */
  private static final int DEEPEST = 32;

  private final Operations operations;

  TopicTree(Operations operations) {
    this.operations = operations;
  }

  /** A page of a level; of all topics that contain a text when there is one. */
  TreeLevel level(long broker, String under, @Nullable String contains, @Nullable String cursor) {
    return ask(
        request(broker, under, contains).with("limit", PAGE).with("cursor", cursor),
        under,
        contains,
        null);
  }

  /** The rows of a level that changed since a position. */
  TreeLevel changes(
      long broker, String under, @Nullable String contains, @Nullable String until, long since) {
    return ask(
        request(broker, under, contains)
            .with("limit", MOST_CHANGES)
            .with("until", until)
            .with("changedAfter", since),
        under,
        contains,
        null);
  }

  /** The first level, and below it each level on the way to a topic. */
  TreeLevel openTo(long broker, String topic) {
    return open(broker, "", topic, DEEPEST);
  }

  private TreeLevel open(long broker, String under, String topic, int levels) {
    int slash = topic.indexOf('/', under.length());
    String next = slash < 0 ? null : topic.substring(0, slash + 1);
    TreeLevel below = null;
    if (next != null && levels > 1) {
      TreeLevel opened = open(broker, next, topic, levels - 1);
      below = opened.nodes().isEmpty() ? null : opened;
    }
    return ask(request(broker, under, null).with("limit", PAGE), under, null, below);
  }

  private static OperationRequest request(long broker, String under, @Nullable String contains) {
    return OperationRequest.of("listTopics")
        .at("id", broker)
        .with("under", under)
        .with("contains", contains);
  }

  private TreeLevel ask(
      OperationRequest request,
      String under,
      @Nullable String contains,
      @Nullable TreeLevel opened) {
    Map<String, Object> page = operations.ask(request);
    List<TreeNode> nodes =
        items(page).stream().map(topic -> node(topic, contains, opened)).toList();
    String next = page.get("nextCursor") instanceof String cursor ? cursor : null;
    return new TreeLevel(under, nodes, next, next, number(page.get("position")));
  }

  private static TreeNode node(
      Map<String, Object> topic, @Nullable String contains, @Nullable TreeLevel opened) {
    boolean isOpen = opened != null && opened.under().equals(topic.get("path") + "/");
    String name = String.valueOf(topic.get(contains == null ? "name" : "path"));
    return new TreeNode(topic, name, isOpen ? opened : null);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  /** The records of a page of the contract. */
  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> items(Map<String, Object> page) {
    return (List<Map<String, Object>>) page.getOrDefault("items", List.of());
  }
}
