package org.mqttintegration;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;
import org.springframework.core.env.Environment;

/**
 * The ids of records as fields of their own in structured logs: what a line says as {@code
 * name=value} with a placeholder for the value. Texts from outside make no field.
 */
final class LogFields implements StructuredLoggingJsonMembersCustomizer<ILoggingEvent> {

  private static final String FORMAT = "logging.structured.format.console";

  /** What lines call them, and what they are in REST. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "connection", "brokerId", // its key is the broker's id
          "brokerId", "brokerId",
          "history_id", "historyId",
          "historyId", "historyId",
          "send", "sendId",
          "sendId", "sendId",
          "route", "routeId",
          "routeId", "routeId");

  private static final Set<String> NUMBERS = Set.of("brokerId", "historyId", "sendId");

  private static final Pattern PLACE = Pattern.compile("(?:(\\w+)=)?\"?\\{}");

  /** Writes and sends name themselves so. */
  private static final Pattern NAMED = Pattern.compile("(history_id|send)=(\\d+)");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final String prefix;

  LogFields(Environment environment) {
    // GELF marks by it what is not of its own
    prefix = "gelf".equalsIgnoreCase(environment.getProperty(FORMAT)) ? "_" : "";
  }

  @Override
  public void customize(JsonWriter.Members<ILoggingEvent> members) {
    members
        .add()
        .usingPairs(
            (event, pairs) ->
                of(event).forEach((name, value) -> pairs.accept(prefix + name, value)));
  }

  /** The fields of a line; those that it was given as context are written anyway. */
  static Map<String, Object> of(ILoggingEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Object[] arguments = event.getArgumentArray();
    String message = event.getMessage();
    if (arguments == null || message == null) {
      return fields;
    }
    Matcher place = PLACE.matcher(message);
    for (int i = 0; i < arguments.length && place.find(); i++) {
      Matcher named = NAMED.matcher(String.valueOf(arguments[i]));
      if (place.group(1) != null) {
        put(fields, place.group(1), String.valueOf(arguments[i]));
      } else if (named.matches()) {
        put(fields, named.group(1), named.group(2));
      }
    }
    fields.keySet().removeAll(event.getMDCPropertyMap().keySet());
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, String value) {
    String field = FIELDS.get(name);
    if (field == null) {
      return;
    }
    if (!NUMBERS.contains(field)) {
      fields.put(field, value);
    } else if (NUMBER.matcher(value).matches()) {
      fields.put(field, Long.valueOf(value));
    }
  }
}
