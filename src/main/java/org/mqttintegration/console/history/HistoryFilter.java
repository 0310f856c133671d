package org.mqttintegration.console.history;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.console.form.FilteredList;
import org.springframework.util.MultiValueMap;

/**
 * Which messages are asked for, as the address says.
 *
 * @param values the parameters of the contract that are given, by name
 */
record HistoryFilter(Map<String, String> values) {

  static HistoryFilter of(List<RequestField> query, MultiValueMap<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    for (RequestField field : FilteredList.filters(query)) {
      String value = given.getFirst(field.name());
      if (value != null && !value.isBlank()) {
        values.put(field.name(), field.name().equals("contains") ? value : value.strip());
      }
    }
    return new HistoryFilter(values);
  }

  /** Whether something is left out. */
  public boolean filtered() {
    return !values.isEmpty();
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Whether only messages are asked for that we sent: of these none can be missed. */
  boolean isOfSends() {
    return "send".equals(values.get("direction")) || has("signalId");
  }

  /** An instant, null where none is given, or none that can be read. */
  @Nullable Instant instant(String name) {
    String text = values.get(name);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  OperationRequest request(String operation) {
    OperationRequest request = OperationRequest.of(operation);
    values.forEach(request::with);
    return request;
  }

  /** The same with another value; without it when that is null. */
  HistoryFilter with(String name, @Nullable Object value) {
    Map<String, String> others = new LinkedHashMap<>(values);
    others.remove(name);
    if (value != null) {
      others.put(name, value.toString());
    }
    return new HistoryFilter(others);
  }

  /** The address of that path with this filter, and what else is given in pairs. */
  public String address(String path, Object... more) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    for (int i = 0; i + 1 < more.length; i += 2) {
      all.put(more[i].toString(), more[i + 1]);
    }
    // each value whole: a topic filter has + and #, which mean something in an address
    String query =
        all.entrySet().stream()
            .map(e -> e.getKey() + "=" + encoded(e.getValue().toString()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
