package org.mqttintegration.console.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.difference.LineDifference;
import org.mqttintegration.console.form.Labels;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** One topic: a message of it, what changed with it, and those before. */
@Component
class TopicPanel {

  private static final int RECENT = 20;
  private static final int PREVIEW = 120;

  private static final List<String> MQTT5 =
      List.of(
          "contentType",
          "payloadFormatIndicator",
          "messageExpiryInterval",
          "responseTopic",
          "correlationData",
          "subscriptionIdentifier");

  private final Operations operations;
  private final NumericFields fields;
  private final Labels labels;

  TopicPanel(Operations operations, NumericFields fields, Labels labels) {
    this.operations = operations;
    this.fields = fields;
    this.labels = labels;
  }

  /** A message in the list of the last ones. */
  public record Recent(Map<String, Object> message, @Nullable String value) {}

  /** The topic of a message; for a topic that is too long for an address. */
  String topicOf(long message) {
    return String.valueOf(entry(message).get("topic"));
  }

  private Map<String, Object> entry(long id) {
    return operations.ask(OperationRequest.of("getHistoryEntry").at("id", id));
  }

  /** The id of the newest message of a topic, 0 when there is none. */
  long newest(long broker, String topic) {
    return history(broker, topic, null, 1).stream().mapToLong(TopicPanel::id).findFirst().orElse(0);
  }

  private static long id(@Nullable Map<String, Object> message) {
    return message != null && message.get("id") instanceof Number id ? id.longValue() : 0;
  }

  void addTo(Model model, Wanted wanted) {
    List<Map<String, Object>> recent = history(wanted.broker(), wanted.topic(), null, RECENT + 1);
    Map<String, Object> newest = recent.isEmpty() ? null : recent.get(0);
    Map<String, Object> message = wanted.message() == null ? newest : entry(wanted.message());
    Object any = message == null ? wanted.any() : message.get("id");
    model.addAttribute(
        "wanted",
        new Wanted(wanted.broker(), wanted.topic(), wanted.message(), wanted.view(), any));
    model.addAttribute("message", message);
    model.addAttribute(
        "recent",
        recent.stream().limit(RECENT).map(m -> new Recent(m, Preview.of(m, PREVIEW))).toList());
    model.addAttribute("newest", id(newest));
    if (message == null) {
      model.addAttribute("fields", List.of());
      return;
    }
    if (!String.valueOf(message.get("topic")).equals(wanted.topic())) {
      throw new ProblemException(ProblemType.NOT_FOUND, "That message has another topic.");
    }
    model.addAttribute("properties", properties(message));
    boolean withheld = Boolean.TRUE.equals(message.get("payloadWithheld"));
    model.addAttribute("withheld", withheld);
    if (withheld) {
      model.addAttribute("fields", List.of());
    } else {
      addPayload(model, wanted, recent, message);
    }
  }

  private void addPayload(
      Model model, Wanted wanted, List<Map<String, Object>> recent, Map<String, Object> message) {
    Map<String, Object> before = before(wanted, recent, message);
    model.addAttribute("view", PayloadView.of(message, wanted.view()));
    model.addAttribute("fields", fields.of(message));
    model.addAttribute("before", before);
    if (before != null) {
      model.addAttribute(
          "difference",
          LineDifference.between(
              PayloadView.of(before, comparable(before)).text(),
              PayloadView.of(message, comparable(message)).text()));
    }
  }

  /** The MQTT 5 properties that it has, each with what people read for its name. */
  private List<Map.Entry<String, Object>> properties(Map<String, Object> message) {
    List<Map.Entry<String, Object>> found = new ArrayList<>();
    for (String name : MQTT5) {
      Object value = message.get(name);
      if (value != null) {
        found.add(Map.entry(labels.of(name), value));
      }
    }
    if (message.get("userProperties") instanceof List<?> pairs) {
      for (Object pair : pairs) {
        Map<?, ?> property = (Map<?, ?>) pair;
        found.add(
            Map.entry(
                "User property", "%s: %s".formatted(property.get("name"), property.get("value"))));
      }
    }
    return found;
  }

  /** Images are compared byte by byte. */
  private static @Nullable String comparable(Map<String, Object> message) {
    return PayloadBytes.isText(message) ? null : "hex";
  }

  /** The message before it; null when it is the first one. */
  private @Nullable Map<String, Object> before(
      Wanted wanted, List<Map<String, Object>> recent, Map<String, Object> message) {
    int place =
        IntStream.range(0, recent.size())
            .filter(i -> Objects.equals(recent.get(i).get("id"), message.get("id")))
            .findFirst()
            .orElse(-1);
    if (place >= 0 && place + 1 < recent.size()) {
      return recent.get(place + 1);
    }
    List<Map<String, Object>> older =
        history(wanted.broker(), wanted.topic(), message.get("timestamp"), 1);
    return older.isEmpty() ? null : older.get(0);
  }

  private List<Map<String, Object>> history(
      long broker, String topic, @Nullable Object to, int limit) {
    return TopicTree.items(
        operations.ask(
            OperationRequest.of("listHistory")
                .with("brokerId", broker)
                .with("topic", topic)
                .with("to", to)
                .with("limit", limit)));
  }
}
