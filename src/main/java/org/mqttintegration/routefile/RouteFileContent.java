package org.mqttintegration.routefile;

import java.util.List;
import java.util.Set;

/**
 * What a check found in a file.
 *
 * @param findings what is wrong, in the order of the lines; none when the file can run
 * @param routes the routes that it has
 * @param templates the ids of its route templates
 * @param directs the names of {@code direct:} and {@code seda:} that its routes begin with
 */
record RouteFileContent(
    List<Finding> findings, List<RouteLine> routes, Set<String> templates, Set<String> directs) {

  /**
   * Where a route is.
   *
   * @param id its id
   * @param line the line of its id, from 1
   * @param column the column of its id, from 1
   */
  record RouteLine(String id, int line, int column) {}

  List<String> routeIds() {
    return routes.stream().map(RouteLine::id).toList();
  }

  boolean isValid() {
    return findings.isEmpty();
  }
}
