package org.mqttintegration.testing;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which suite ran on which parts, and why not on others. */
public final class Parts {

  /** Suite, part, and {@code ""} when it ran or the reason why it did not. */
  private static final SortedMap<String, Map<Part, String>> SUITES = new TreeMap<>();

  private Parts() {}

  /** A suite ran on a part. */
  public static void ran(Class<?> suite, Part part) {
    put(suite, part, "");
  }

  /** A suite did not run on a part. */
  public static void skipped(Class<?> suite, Part part, String reason) {
    put(suite, part, reason.isBlank() ? "unknown" : reason);
  }

  private static synchronized void put(Class<?> suite, Part part, String reason) {
    SUITES
        .computeIfAbsent(suite.getSimpleName(), s -> new EnumMap<>(Part.class))
        .merge(part, reason, (a, b) -> a.isEmpty() ? a : b);
  }

  /** A table of it, empty when no suite told. */
  static synchronized String table() {
    if (SUITES.isEmpty()) {
      return "";
    }
    StringBuilder table = new StringBuilder("Parts that the suites ran on (x ran, - skipped):\n");
    int width = SUITES.keySet().stream().mapToInt(String::length).max().orElse(0);
    for (Map.Entry<String, Map<Part, String>> suite : SUITES.entrySet()) {
      String name = ("  %-" + width + "s").formatted(suite.getKey());
      table.append(row(name, suite.getValue()).stripTrailing()).append('\n');
    }
    return table.append(reasons()).toString();
  }

  private static String row(String name, Map<Part, String> parts) {
    StringBuilder row = new StringBuilder(name);
    for (Part part : Part.values()) {
      row.append("  ").append(cell(part, parts.get(part)));
    }
    return row.toString();
  }

  private static String cell(Part part, String reason) {
    String mark = reason == null ? " " : reason.isEmpty() ? "x" : "-";
    return ("%s %-" + part.toString().length() + "s")
        .formatted(mark, reason == null ? "" : part.toString());
  }

  private static String reasons() {
    Map<Part, String> reasons = new EnumMap<>(Part.class);
    SUITES.values().stream()
        .flatMap(parts -> parts.entrySet().stream())
        .filter(part -> !part.getValue().isEmpty())
        .forEach(part -> reasons.put(part.getKey(), part.getValue()));
    StringBuilder lines = new StringBuilder();
    reasons.forEach((part, why) -> lines.append("  skipped: %s: %s\n".formatted(part, why)));
    return lines.toString();
  }
}
