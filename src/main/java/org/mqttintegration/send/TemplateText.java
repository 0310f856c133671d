package org.mqttintegration.send;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.FieldError;

/** Fills the places {@code {{field}}} of texts, and gathers what the values lack for that. */
final class TemplateText {

  /** With spaces or other signs between the braces it is text, as other systems' templates are. */
  private static final Pattern PLACE = Pattern.compile("\\{\\{([A-Za-z_][A-Za-z0-9_.-]{0,99})}}");

  /** As long as a payload in a request may be: values may come many times over. */
  private static final int LONGEST = 10 << 20;

  private static final int MOST_ZEROS = 30;

  private final Function<String, @Nullable JsonNode> values;
  private final Map<String, String> faults = new TreeMap<>();

  private TemplateText(Function<String, @Nullable JsonNode> values) {
    this.values = values;
  }

  static TemplateText of(Map<String, JsonNode> values) {
    return new TemplateText(values::get);
  }

  /** With something in every place, to look at what comes out. */
  static TemplateText sample() {
    return new TemplateText(name -> IntNode.valueOf(0));
  }

  static boolean hasPlaces(String text) {
    return PLACE.matcher(text).find();
  }

  /** What the values lack, as fields of the request. */
  List<FieldError> faults() {
    return faults.entrySet().stream()
        .map(fault -> new FieldError("values." + fault.getKey(), fault.getValue()))
        .toList();
  }

  /** A topic: a value stays within its level (MQTT 5, section 4.7.1). */
  String topic(String template) {
    return fill(
        template,
        (value, before) -> {
          String text = plain(value);
          if (value.isContainerNode() || text.isEmpty() || text.matches("(?s).*[/+#\0].*")) {
            throw new IllegalArgumentException(
                "In a topic a value is a text, number or boolean; not empty, without /, + and #.");
          }
          return text;
        });
  }

  /** Any text: texts as they are, all else in JSON. */
  String text(String template) {
    return fill(template, (value, before) -> plain(value));
  }

  /** JSON: as JSON values, and within the quotes of a string as a part of that. */
  String json(String template) {
    Quotes quotes = new Quotes();
    return fill(
        template,
        (value, before) ->
            quotes.openAfter(before)
                ? new String(JsonStringEncoder.getInstance().quoteAsString(plain(value)))
                : checked(written(value)));
  }

  /** How a value is written behind a part of the template. */
  private interface Style {
    String write(JsonNode value, String before);
  }

  private String fill(String template, Style style) {
    Matcher place = PLACE.matcher(template);
    StringBuilder filled = new StringBuilder();
    int end = 0;
    while (place.find()) {
      String before = template.substring(end, place.start());
      filled.append(before).append(write(place.group(1), style, before));
      end = place.end();
      if (filled.length() > LONGEST) {
        faults.put(place.group(1), "With this value the text is longer than a payload may be.");
        break;
      }
    }
    return filled.append(template, end, template.length()).toString();
  }

  private String write(String name, Style style, String before) {
    JsonNode value = values.apply(name);
    try {
      if (value == null) {
        throw new IllegalArgumentException("The template needs it.");
      }
      return style.write(value, before);
    } catch (IllegalArgumentException e) {
      faults.putIfAbsent(name, String.valueOf(e.getMessage()));
      return "";
    }
  }

  private static String plain(JsonNode value) {
    if (value.isNull()) {
      throw new IllegalArgumentException("Here the template needs a value that is not null.");
    }
    return checked(value.isTextual() ? value.textValue() : written(value));
  }

  private static String checked(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("Unpaired surrogates are no text.");
    }
    return text;
  }

  private static String written(JsonNode value) {
    if (value.isBigDecimal()) {
      BigDecimal number = value.decimalValue();
      return Math.abs(number.scale()) > MOST_ZEROS ? number.toString() : number.toPlainString();
    }
    return value.toString();
  }

  /** Whether a place is within a string of JSON. */
  private static final class Quotes {

    private boolean open;

    boolean openAfter(String part) {
      for (int i = 0; i < part.length(); i++) {
        char c = part.charAt(i);
        if (open && c == '\\') {
          i++;
        } else if (c == '"') {
          open = !open;
        }
      }
      return open;
    }
  }
}
