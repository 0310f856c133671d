package org.mqttintegration.console.record;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.console.Answers;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * A page of a list, as its address says.
 *
 * @param type the kind of record
 * @param query the parameters of the address
 * @param groups the records by what they are grouped by; under {@code ""} when by nothing
 * @param page the page, counted from 0
 * @param pages how many there are
 * @param total how many records there are
 */
record ListView(
    RecordType type,
    MultiValueMap<String, String> query,
    Map<String, List<Map<String, Object>>> groups,
    int page,
    int pages,
    long total) {

  static ListView of(
      RecordType type,
      MultiValueMap<String, String> query,
      Map<String, Object> answer,
      References references) {
    String groupedBy = query.getFirst("group");
    Map<String, List<Map<String, Object>>> groups = new LinkedHashMap<>();
    for (Map<String, Object> item : Answers.items(answer)) {
      String group =
          groupedBy == null || groupedBy.isEmpty()
              ? ""
              : references.name(groupedBy, item.get(groupedBy));
      groups.computeIfAbsent(group, name -> new java.util.ArrayList<>()).add(item);
    }
    long total = ((Number) answer.getOrDefault("total", 0)).longValue();
    int size = ((Number) answer.getOrDefault("size", 1)).intValue();
    return new ListView(
        type,
        query,
        groups,
        ((Number) answer.getOrDefault("page", 0)).intValue(),
        (int) ((total + size - 1) / size),
        total);
  }

  /** The address of the same list with that parameter. */
  public String with(String name, @Nullable Object value) {
    MultiValueMap<String, String> asked = new LinkedMultiValueMap<>(query);
    if (!name.equals("page")) {
      asked.remove("page");
    }
    asked.remove(name);
    if (value != null) {
      asked.add(name, value.toString());
    }
    UriComponentsBuilder address = UriComponentsBuilder.fromPath(type.base());
    asked.forEach(
        (key, texts) -> texts.forEach(text -> address.queryParam(encoded(key), encoded(text))));
    return address.build(true).toUriString();
  }

  /** All of it: in a topic filter a plus sign says something. */
  private static String encoded(String text) {
    return UriUtils.encode(text, StandardCharsets.UTF_8);
  }

  /** The address of the list as it is. */
  public String here() {
    return with("page", page == 0 ? null : page);
  }

  /** The address of the list sorted by a column, the other way round when it is already. */
  public String sorted(Column column) {
    return with(
        "sort",
        column.field().equals(query.getFirst("sort")) ? "-" + column.field() : column.field());
  }

  /** How it is sorted by a column, in the words of ARIA. */
  public String order(Column column) {
    String sort = query.getFirst("sort");
    return column.field().equals(sort)
        ? "ascending"
        : ("-" + column.field()).equals(sort) ? "descending" : "none";
  }

  /** Whether something is left out of it. */
  public boolean filtered() {
    return query.entrySet().stream()
        .filter(entry -> !List.of("sort", "page", "group", "size").contains(entry.getKey()))
        .anyMatch(entry -> entry.getValue().stream().anyMatch(text -> !text.isEmpty()));
  }
}
