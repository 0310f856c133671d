package org.mqttintegration.routefile.check;

import java.util.Comparator;

/**
 * What is wrong at one place of a route file.
 *
 * @param line the line, from 1
 * @param column the column, from 1
 * @param message what is wrong and what to do, for a person to read; never a secret's value
 */
public record Finding(int line, int column, String message) implements Comparable<Finding> {

  private static final Comparator<Finding> BY_PLACE =
      Comparator.comparingInt(Finding::line)
          .thenComparingInt(Finding::column)
          .thenComparing(Finding::message);

  @Override
  public int compareTo(Finding other) {
    return BY_PLACE.compare(this, other);
  }

  /** The message behind its place, as in {@code 7:9: There is no step setBdy.} */
  @Override
  public String toString() {
    return "%d:%d: %s".formatted(line, column, message);
  }
}
