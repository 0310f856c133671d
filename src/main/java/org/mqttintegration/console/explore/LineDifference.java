package org.mqttintegration.console.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is otherwise between two texts, line by line. */
final class LineDifference {

  /** Of more lines that are otherwise the texts stand one behind the other. */
  private static final int MOST = 1_000;

  /**
   * A line of the difference.
   *
   * @param change {@code same}, {@code old} or {@code new}
   */
  public record Line(String change, String text) {

    /** As it is marked in front. */
    public String sign() {
      return switch (change) {
        case "old" -> "-";
        case "new" -> "+";
        default -> " ";
      };
    }
  }

  private LineDifference() {}

  static List<Line> of(String before, String now) {
    List<String> old = Arrays.asList(before.split("\r?\n", -1));
    List<String> fresh = Arrays.asList(now.split("\r?\n", -1));
    int begin = 0;
    while (begin < Math.min(old.size(), fresh.size()) && old.get(begin).equals(fresh.get(begin))) {
      begin++;
    }
    int end = 0;
    while (end < Math.min(old.size(), fresh.size()) - begin
        && old.get(old.size() - 1 - end).equals(fresh.get(fresh.size() - 1 - end))) {
      end++;
    }
    List<Line> lines = new ArrayList<>();
    fresh.subList(0, begin).forEach(line -> lines.add(new Line("same", line)));
    addBetween(
        old.subList(begin, old.size() - end), fresh.subList(begin, fresh.size() - end), lines);
    fresh
        .subList(fresh.size() - end, fresh.size())
        .forEach(line -> lines.add(new Line("same", line)));
    return lines;
  }

  /** By the longest sequence of lines that both have. */
  private static void addBetween(List<String> old, List<String> fresh, List<Line> lines) {
    if (old.size() > MOST || fresh.size() > MOST) {
      old.forEach(line -> lines.add(new Line("old", line)));
      fresh.forEach(line -> lines.add(new Line("new", line)));
      return;
    }
    int[][] common = common(old, fresh);
    int i = 0;
    int j = 0;
    while (i < old.size() || j < fresh.size()) {
      if (i < old.size() && j < fresh.size() && old.get(i).equals(fresh.get(j))) {
        lines.add(new Line("same", fresh.get(j++)));
        i++;
      } else if (i < old.size() && (j == fresh.size() || common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line("old", old.get(i++)));
      } else {
        lines.add(new Line("new", fresh.get(j++)));
      }
    }
  }

  private static int[][] common(List<String> old, List<String> fresh) {
    int[][] length = new int[old.size() + 1][fresh.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = fresh.size() - 1; j >= 0; j--) {
        length[i][j] =
            old.get(i).equals(fresh.get(j))
                ? length[i + 1][j + 1] + 1
                : Math.max(length[i + 1][j], length[i][j + 1]);
      }
    }
    return length;
  }
}
