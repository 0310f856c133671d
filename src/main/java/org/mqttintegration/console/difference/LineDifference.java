package org.mqttintegration.console.difference;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which lines two texts have in common, and which not. */
public final class LineDifference {

  /** Texts that differ in more lines than this squared are told as a whole. */
  private static final long MOST_CELLS = 4_000_000;

  private final List<String> before;
  private final List<String> after;
  private final List<Line> lines = new ArrayList<>();

  private LineDifference(String before, String after) {
    this.before = before.lines().toList();
    this.after = after.lines().toList();
  }

  /** What became of a line. */
  public enum Change {
    SAME,
    ADDED,
    REMOVED,
    /** Lines that are the same are left out here. */
    GAP
  }

  /**
   * A line of the two.
   *
   * @param change what became of it
   * @param before its number in the text before, null when it was not there
   * @param after its number in the text after, null when it is not there
   * @param text what it says
   */
  public record Line(
      Change change, @Nullable Integer before, @Nullable Integer after, String text) {

    /** As templates and style sheets name it. */
    public String kind() {
      return change.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** As it is marked in front. */
    public String sign() {
      return switch (change) {
        case ADDED -> "+";
        case REMOVED -> "-";
        case SAME, GAP -> " ";
      };
    }
  }

  /** All lines of both, in their order. */
  public static List<Line> between(String before, String after) {
    LineDifference difference = new LineDifference(before, after);
    difference.compare();
    return difference.lines;
  }

  /** The lines that differ, each with some lines around; empty when none do. */
  public static List<Line> between(String before, String after, int around) {
    List<Line> all = between(before, after);
    List<Line> kept = new ArrayList<>();
    int last = -1;
    for (int i = 0; i < all.size(); i++) {
      if (isNearChange(all, i, around)) {
        if (last < i - 1) {
          kept.add(new Line(Change.GAP, null, null, ""));
        }
        kept.add(all.get(i));
        last = i;
      }
    }
    if (!kept.isEmpty() && last < all.size() - 1) {
      kept.add(new Line(Change.GAP, null, null, ""));
    }
    return kept;
  }

  private static boolean isNearChange(List<Line> all, int at, int around) {
    for (int i = Math.max(0, at - around); i <= Math.min(all.size() - 1, at + around); i++) {
      if (all.get(i).change() != Change.SAME) {
        return true;
      }
    }
    return false;
  }

  private void compare() {
    int begin = 0;
    while (begin < Math.min(before.size(), after.size())
        && before.get(begin).equals(after.get(begin))) {
      begin++;
    }
    int end = 0;
    while (end < Math.min(before.size(), after.size()) - begin
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    same(0, 0, begin);
    middle(begin, before.size() - end, after.size() - end);
    same(before.size() - end, after.size() - end, end);
  }

  private void middle(int begin, int beforeEnd, int afterEnd) {
    int rows = beforeEnd - begin;
    int columns = afterEnd - begin;
    if ((long) rows * columns > MOST_CELLS) {
      removed(begin, beforeEnd);
      added(begin, afterEnd);
      return;
    }
    int[][] common = common(begin, rows, columns);
    int i = 0;
    int j = 0;
    while (i < rows && j < columns) {
      if (before.get(begin + i).equals(after.get(begin + j))) {
        same(begin + i++, begin + j++, 1);
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        removed(begin + i, begin + ++i);
      } else {
        added(begin + j, begin + ++j);
      }
    }
    removed(begin + i, beforeEnd);
    added(begin + j, afterEnd);
  }

  /** How many lines are common from each place of both on. */
  private int[][] common(int begin, int rows, int columns) {
    int[][] common = new int[rows + 1][columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        common[i][j] =
            before.get(begin + i).equals(after.get(begin + j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private void same(int inBefore, int inAfter, int count) {
    for (int i = 0; i < count; i++) {
      lines.add(new Line(Change.SAME, inBefore + i + 1, inAfter + i + 1, after.get(inAfter + i)));
    }
  }

  private void removed(int from, int to) {
    for (int i = from; i < to; i++) {
      lines.add(new Line(Change.REMOVED, i + 1, null, before.get(i)));
    }
  }

  private void added(int from, int to) {
    for (int i = from; i < to; i++) {
      lines.add(new Line(Change.ADDED, null, i + 1, after.get(i)));
    }
  }
}
