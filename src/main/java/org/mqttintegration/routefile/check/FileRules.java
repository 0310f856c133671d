package org.mqttintegration.routefile.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.RouteFileContent.RouteLine;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What the application asks of every file: ids of its own, and nothing that reaches beyond it. */
final class FileRules {

  /** How ids begin that the application makes while it runs. */
  private static final Pattern OURS = Pattern.compile("(subscription|responses|unmatched)-.*");

  /** What Camel keeps for all routes, whoever made them. */
  static final Set<String> BEYOND =
      Set.of(
          "rest",
          "restConfiguration",
          "routeConfiguration",
          "interceptSendToEndpoint",
          "dataFormats");

  private final Surroundings surroundings;
  private final Findings findings;
  private final List<RouteLine> routes = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final Set<String> templates = new HashSet<>();

  FileRules(Surroundings surroundings, Findings findings) {
    this.surroundings = surroundings;
    this.findings = findings;
  }

  void check(List<Place> places) {
    for (Place place : places) {
      if (place.isOfFile()) {
        checkBlock(place);
      } else if (place.key().equals("id")) {
        checkOurs(place);
      }
    }
    boolean kamelet = places.stream().anyMatch(place -> place.key().equals(ShapeCheck.KAMELET));
    if (!kamelet
        && !places.isEmpty()
        && routes.isEmpty()
        && templates.isEmpty()
        && findings.isEmpty()) {
      findings.add(1, 1, "The file has no route.");
    }
  }

  private void checkBlock(Place place) {
    switch (place.key()) {
      case "route" -> addRoute(place, "id");
      case "templatedRoute" -> addRoute(place, "routeId");
      case "routeTemplate" -> addTemplate(place);
      case ShapeCheck.KAMELET -> {} // its name is its file's
      case "from" ->
          findings.add(place.at(), "A route needs an id: put from: below - route:, beside id:.");
      default -> {
        if (BEYOND.contains(place.key())) {
          findings.add(
              place.at(),
              "%s would reach beyond this file: it is not for route files.".formatted(place.key()));
        }
      }
    }
  }

  private void addRoute(Place route, String key) {
    Node node = route.child(key);
    String id = Place.text(node);
    if (node == null || id == null || id.isBlank()) {
      findings.add(route.at(), "Each route needs an %s of its own.".formatted(key));
    } else if (id.contains("{{") || id.contains("${")) {
      findings.add(node, "An id is written out.");
    } else if (!ids.add(id)) {
      findings.add(node, "The route id %s stands twice in this file.".formatted(id));
    } else if (surroundings.isTaken().test(id) || OURS.matcher(id).matches()) {
      findings.add(node, "The route id %s is taken by another route.".formatted(id));
    } else {
      Mark mark = node.getStartMark().orElse(null);
      routes.add(new RouteLine(id, line(mark), mark == null ? 1 : mark.getColumn() + 1));
    }
  }

  private static int line(@Nullable Mark mark) {
    return mark == null ? 1 : mark.getLine() + 1;
  }

  private void addTemplate(Place template) {
    Node node = template.child("id");
    String id = Place.text(node);
    if (node != null && id != null) {
      if (!templates.add(id) || surroundings.templates().contains(id)) {
        findings.add(node, "The route template %s is taken.".formatted(id));
      }
    }
  }

  private void checkOurs(Place id) {
    String text = id.text();
    if (text != null && OURS.matcher(text).matches()) {
      findings.add(id.value(), "Ids that begin like %s are the application's.".formatted(text));
    }
  }

  List<RouteLine> routes() {
    return routes;
  }

  Set<String> templates() {
    return templates;
  }
}
