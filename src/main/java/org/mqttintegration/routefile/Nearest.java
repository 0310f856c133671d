package org.mqttintegration.routefile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;

/** Finds the name that was meant. */
final class Nearest {

  private Nearest() {}

  /** The end of a sentence that asks whether another name was meant; nothing when none is near. */
  static String question(String name, Collection<String> names) {
    String nearest = of(name, names);
    return nearest == null ? "." : "; did you mean %s?".formatted(nearest);
  }

  private static @Nullable String of(String name, Collection<String> names) {
    String plain = plain(name);
    int limit = Math.max(1, plain.length() / 3);
    return names.stream()
        .filter(candidate -> distance(plain, plain(candidate)) <= limit)
        .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))))
        .orElse(null);
  }

  private static String plain(String name) {
    String camelCase = StringHelper.dashToCamelCase(name);
    return (camelCase == null ? name : camelCase).toLowerCase(Locale.ROOT);
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
