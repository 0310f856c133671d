package org.mqttintegration.console.record;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.form.Choice;

/** Records that others name, by their names; read once for a page. */
public final class References {

  private static final Map<String, RecordType> TYPES =
      Map.of(
          "brokerId", RecordType.BROKERS,
          "subscriptionId", RecordType.SUBSCRIPTIONS,
          "signalId", RecordType.SIGNALS);

  private static final int PAGE = 200;

  /** Nobody chooses from more; who has more types the id. */
  private static final int MOST = 1000;

  private final Operations operations;
  private final Map<RecordType, Map<String, String>> read = new HashMap<>();

  /** That asks those operations. */
  public References(Operations operations) {
    this.operations = operations;
  }

  /** The records that a field may name; empty when it names none, or too many. */
  public List<Choice> choices(RequestField field) {
    RecordType type = TYPES.get(field.name());
    if (type == null) {
      return List.of();
    }
    Map<String, String> names = names(type);
    return names.size() >= MOST
        ? List.of()
        : names.entrySet().stream()
            .map(entry -> new Choice(entry.getKey(), entry.getValue()))
            .toList();
  }

  /** What people call the record that a field names; its number when there is no such record. */
  public String name(String field, @Nullable Object id) {
    RecordType type = TYPES.get(field);
    return id == null
        ? ""
        : type == null ? id.toString() : names(type).getOrDefault(id.toString(), "no " + id);
  }

  /** Where the page of the record is that a field names, null when it names none. */
  public @Nullable String page(String field, @Nullable Object id) {
    RecordType type = TYPES.get(field);
    return type == null || id == null ? null : type.base() + "/" + id;
  }

  private Map<String, String> names(RecordType type) {
    return read.computeIfAbsent(type, this::read);
  }

  private Map<String, String> read(RecordType type) {
    Map<String, String> names = new LinkedHashMap<>();
    List<Map<String, Object>> items;
    int page = 0;
    do {
      items =
          Answers.items(
              operations.ask(
                  OperationRequest.of(type.list())
                      .with("size", PAGE)
                      .with("page", page++)
                      .with("sort", type.titleField())));
      items.forEach(
          item ->
              names.put(
                  String.valueOf(item.get("id")), String.valueOf(item.get(type.titleField()))));
    } while (items.size() == PAGE && names.size() < MOST);
    return names;
  }

  /** The records of a list. */
}
