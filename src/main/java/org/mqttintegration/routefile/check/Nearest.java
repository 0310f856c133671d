package org.mqttintegration.routefile.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;

/** Finds the name that was meant. */
final class Nearest {

  /** Letters of a slip, and of a name that is long enough to tell one. */
  private static final int TYPO = 2;

  private static final int SHORTEST_TYPO = 6;

  private Nearest() {}

  /** The end of a sentence that asks whether another name was meant; nothing when none is near. */
  static String question(String name, Collection<String> names) {
    String nearest = of(name, names);
    return nearest == null ? "." : "; did you mean %s?".formatted(nearest);
  }

  /** The name of which another one is a slip of the keyboard, null when there is none. */
  static @Nullable String typo(String name, Collection<String> names) {
    return name.length() < SHORTEST_TYPO ? null : of(name, names, TYPO);
  }

  private static @Nullable String of(String name, Collection<String> names) {
    return of(name, names, Math.max(1, name.length() / 3));
  }

  private static @Nullable String of(String name, Collection<String> names, int limit) {
    String plain = plain(name);
    return names.stream()
        .filter(candidate -> distance(plain, plain(candidate)) <= limit)
        .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))))
        .orElse(null);
  }

  private static String plain(String name) {
    String camelCase = StringHelper.dashToCamelCase(name);
    return (camelCase == null ? name : camelCase).toLowerCase(Locale.ROOT);
  }

  /** How many letters to change, add, leave out, or swap with the next. */
  private static int distance(String a, String b) {
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, a, b, i, j);
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int step(int[][] rows, String a, String b, int i, int j) {
    char last = a.charAt(i - 1);
    int change = rows[i - 1][j - 1] + (last == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(change, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && last == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
  }
}
