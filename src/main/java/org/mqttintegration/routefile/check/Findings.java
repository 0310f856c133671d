package org.mqttintegration.routefile.check;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong with a file, in the order of its lines. */
public final class Findings {

  /** As many as a person reads. */
  private static final int LIMIT = 100;

  private final NavigableSet<Finding> found = new TreeSet<>(Comparator.naturalOrder());

  void add(Node at, String message) {
    at.getStartMark().ifPresentOrElse(mark -> add(mark, message), () -> add(1, 1, message));
  }

  void add(Mark at, String message) {
    add(at.getLine() + 1, at.getColumn() + 1, message);
  }

  public void add(int line, int column, String message) {
    found.add(new Finding(line, column, message));
    if (found.size() > LIMIT) {
      found.pollLast();
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Finding> list() {
    return List.copyOf(found);
  }
}
