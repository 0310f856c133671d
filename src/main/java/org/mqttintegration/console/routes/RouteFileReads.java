package org.mqttintegration.console.routes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.Answers;
import org.springframework.stereotype.Component;

/** What there is of a route file: its text, what became of it, and its routes. */
@Component
class RouteFileReads {

  private final Operations operations;

  RouteFileReads(Operations operations) {
    this.operations = operations;
  }

  /**
   * The file as it is stored, with its mark.
   *
   * @throws org.mqttintegration.problem.ProblemException not found
   */
  Operations.TextAnswer stored(String name) {
    return operations.read(OperationRequest.of("getRouteFile").at("file", name));
  }

  /** What became of a file; empty when there is none of that name. */
  Optional<Map<String, Object>> state(String name) {
    return Answers.items(operations.ask(OperationRequest.of("listRouteFiles"))).stream()
        .filter(file -> name.equals(file.get("name")))
        .findFirst();
  }

  /** The routes of a file, with what they do now. */
  List<Map<String, Object>> routes(String name) {
    return Answers.items(operations.ask(OperationRequest.of("listRoutes"))).stream()
        .filter(route -> name.equals(route.get("file")))
        .toList();
  }

  /** The ids of the routes of a file that run or are stopped. */
  List<String> routeIds(String name) {
    return routes(name).stream().map(route -> String.valueOf(route.get("id"))).toList();
  }
}
