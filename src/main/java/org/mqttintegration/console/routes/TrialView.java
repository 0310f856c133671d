package org.mqttintegration.console.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.difference.LineDifference;

/**
 * What a trial on the history found, as a page shows it.
 *
 * @param messages how many messages were tried
 * @param complete whether all were
 * @param sent how many messages targets would have received
 * @param same how many of them are the same as now, null when nothing runs to compare with
 * @param failures those that would have failed
 * @param cards what is otherwise than now; all that would be sent when nothing runs
 * @param left how many cards are left out
 */
record TrialView(
    int messages,
    boolean complete,
    int sent,
    @Nullable Integer same,
    List<Map<String, Object>> failures,
    List<Card> cards,
    int left) {

  private static final int MOST = 50;
  private static final int AROUND = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A message to a target.
   *
   * @param kind changed, added, removed, or sent when there is nothing to compare with
   * @param historyId the received message that it is of, null when that cannot be told
   * @param routeId the route
   * @param to the target
   * @param lines its headers and body, with what is otherwise
   */
  record Card(
      String kind,
      @Nullable Object historyId,
      @Nullable Object routeId,
      String to,
      List<LineDifference.Line> lines) {

    /** The kind, for people. */
    public String words() {
      return switch (kind) {
        case "changed" -> "Sent otherwise";
        case "added" -> "Sent in addition";
        case "removed" -> "Not sent any more";
        default -> "Sent";
      };
    }
  }

  static TrialView of(Map<String, Object> result) {
    List<Map<String, Object>> sent = Answers.objects(result, "sent");
    Map<String, Object> difference = Answers.object(result, "difference");
    List<Card> cards =
        difference == null
            ? sent.stream().map(one -> card("sent", one, text(one), text(one), 0)).toList()
            : compared(
                Answers.objects(difference, "removed"), Answers.objects(difference, "added"));
    return new TrialView(
        Answers.count(result, "messages"),
        Boolean.TRUE.equals(result.get("complete")),
        sent.size(),
        difference == null ? null : Answers.count(difference, "same"),
        Answers.objects(result, "failures"),
        cards.stream().limit(MOST).toList(),
        Math.max(0, cards.size() - MOST));
  }

  /** What goes to a target of the same message, by the same route, is the same in another form. */
  private static List<Card> compared(
      List<Map<String, Object>> removed, List<Map<String, Object>> added) {
    List<Map<String, Object>> gone = new ArrayList<>(removed);
    List<Card> cards = new ArrayList<>();
    for (Map<String, Object> now : added) {
      Map<String, Object> before =
          gone.stream().filter(one -> isSamePlace(one, now)).findFirst().orElse(null);
      if (before == null) {
        cards.add(card("added", now, "", text(now), 0));
      } else {
        gone.remove(before);
        cards.add(card("changed", now, text(before), text(now), AROUND));
      }
    }
    gone.forEach(one -> cards.add(card("removed", one, text(one), "", 0)));
    return cards;
  }

  private static boolean isSamePlace(Map<String, Object> one, Map<String, Object> other) {
    return Objects.equals(one.get("historyId"), other.get("historyId"))
        && Objects.equals(one.get("routeId"), other.get("routeId"))
        && target(one).equals(target(other));
  }

  private static String target(Map<String, Object> sent) {
    return EndpointName.of(String.valueOf(sent.get("to"))).key();
  }

  private static Card card(
      String kind, Map<String, Object> sent, String before, String after, int around) {
    return new Card(
        kind,
        sent.get("historyId"),
        sent.get("routeId"),
        String.valueOf(sent.get("to")),
        around == 0
            ? LineDifference.between(before, after)
            : LineDifference.between(before, after, around));
  }

  /** Target, headers and body, each on lines of its own, so that lines can be compared. */
  private static String text(Map<String, Object> sent) {
    StringBuilder text = new StringBuilder();
    text.append("to: ").append(sent.get("to")).append('\n');
    Map<String, Object> headers = Answers.object(sent, "headers");
    new TreeMap<>(headers == null ? Map.of() : headers)
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.append('\n').append(indented(String.valueOf(sent.get("body")))).toString();
  }

  /** JSON with a line for each value. */
  private static String indented(String body) {
    if (!body.startsWith("{") && !body.startsWith("[")) {
      return body;
    }
    try {
      JsonNode json = JSON.readTree(body);
      return json.toPrettyString();
    } catch (JsonProcessingException noJson) {
      return body;
    }
  }
}
