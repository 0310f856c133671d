package org.mqttintegration.bench;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A Markdown table; its first column is text, the others are figures. */
final class Table {

  private final StringBuilder lines = new StringBuilder();

  Table(String... heads) {
    row((Object[]) heads);
    lines
        .append("|---|")
        .append(Arrays.stream(heads).skip(1).map(head -> "---:|").collect(Collectors.joining()))
        .append('\n');
  }

  /** Adds a row. Numbers are written as {@link Figures#number} does. */
  Table row(Object... cells) {
    lines.append(
        Arrays.stream(cells).map(Table::text).collect(Collectors.joining(" | ", "| ", " |\n")));
    return this;
  }

  private static String text(Object cell) {
    return cell instanceof Double figure
        ? Figures.number(figure)
        : cell instanceof Integer count ? Figures.count(count) : cell.toString();
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
