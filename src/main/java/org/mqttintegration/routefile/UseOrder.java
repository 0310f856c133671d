package org.mqttintegration.routefile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Files in the order in which they can be taken up: each behind those that it is made of. */
final class UseOrder {

  private final Collection<RouteFileState> files;
  private final Set<String> visited = new HashSet<>();
  private final List<RouteFileState> ordered = new ArrayList<>();

  private UseOrder(Collection<RouteFileState> files) {
    this.files = files;
  }

  /** These files; those that go round in a circle as they come. */
  static List<RouteFileState> of(Collection<RouteFileState> files) {
    UseOrder order = new UseOrder(files);
    Stream.concat(
            files.stream().filter(file -> file.visible().isLibrary()),
            files.stream().filter(file -> !file.visible().isLibrary()))
        .forEach(order::visit);
    return order.ordered;
  }

  private void visit(RouteFileState file) {
    if (visited.add(file.file().name())) {
      files.stream().filter(other -> uses(file, other)).forEach(this::visit);
      ordered.add(file);
    }
  }

  /** Whether a file names a template or a kamelet of another one. */
  static boolean uses(RouteFileState file, RouteFileState other) {
    return file != other
        && Stream.concat(other.visible().templates().stream(), other.visible().kamelets().stream())
            .anyMatch(file.file().text()::contains);
  }
}
