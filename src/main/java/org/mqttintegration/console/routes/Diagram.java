package org.mqttintegration.console.routes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mqttintegration.console.Answers;

/**
 * Routes as a picture: what each begins with at its left, what it goes on to at its right.
 *
 * @param boxes endpoints and routes
 * @param lines the way of the messages
 * @param width how wide the picture is
 * @param height how high it is
 */
record Diagram(List<Box> boxes, List<Line> lines, int width, int height) {

  /**
   * A route or an endpoint.
   *
   * @param kind as style sheets name it: route or endpoint, and the state of a route
   * @param title what it is
   * @param detail more about it
   * @param counts what a route did; empty for an endpoint
   * @param x its left
   * @param y its top
   */
  record Box(String kind, String title, String detail, String counts, int x, int y) {

    static final int WIDTH = 210;
    static final int HEIGHT = 66;

    public int width() {
      return WIDTH;
    }

    public int height() {
      return HEIGHT;
    }
  }

  /**
   * A way from one box to another.
   *
   * @param path as SVG draws it
   */
  record Line(String path) {

    static Line between(DiagramGraph.Place from, DiagramGraph.Place to) {
      int x1 = from.x() + Box.WIDTH;
      int y1 = from.y() + Box.HEIGHT / 2;
      int y2 = to.y() + Box.HEIGHT / 2;
      int bend = Math.max(30, Math.abs(to.x() - x1) / 2);
      return new Line(
          "M%d %d C%d %d %d %d %d %d"
              .formatted(x1, y1, x1 + bend, y1, to.x() - bend, y2, to.x(), y2));
    }
  }

  /** A picture of these routes, as the contract tells them. */
  static Diagram of(List<Map<String, Object>> routes) {
    DiagramGraph graph = new DiagramGraph();
    Map<String, Function<DiagramGraph.Place, Box>> drawn = new LinkedHashMap<>();
    for (Map<String, Object> route : routes) {
      String key = "route " + route.get("id");
      drawn.put(key, place -> route(route, place));
      EndpointName from = EndpointName.of(String.valueOf(route.get("from")));
      drawn.putIfAbsent(from.key(), place -> endpoint(from, place));
      graph.connect(from.key(), key);
      for (String target : Answers.texts(route, "to")) {
        EndpointName to = EndpointName.of(target);
        drawn.putIfAbsent(to.key(), place -> endpoint(to, place));
        graph.connect(key, to.key());
      }
    }
    Map<String, DiagramGraph.Place> places = graph.places();
    List<Box> boxes = new ArrayList<>();
    drawn.forEach((key, box) -> boxes.add(box.apply(DiagramGraph.at(places, key))));
    List<Line> lines = new ArrayList<>();
    graph.forEach(
        (from, to) ->
            lines.add(Line.between(DiagramGraph.at(places, from), DiagramGraph.at(places, to))));
    return new Diagram(
        boxes,
        lines,
        boxes.stream().mapToInt(box -> box.x() + Box.WIDTH).max().orElse(0) + DiagramGraph.EDGE,
        boxes.stream().mapToInt(box -> box.y() + Box.HEIGHT).max().orElse(0) + DiagramGraph.EDGE);
  }

  private static Box route(Map<String, Object> route, DiagramGraph.Place place) {
    String counts =
        "%s done, %s failed, %s now"
            .formatted(route.get("exchanges"), route.get("failures"), route.get("inFlight"));
    Object description = route.get("description");
    return new Box(
        "route " + route.get("state"),
        String.valueOf(route.get("id")),
        description == null ? "" : description.toString(),
        counts,
        place.x(),
        place.y());
  }

  private static Box endpoint(EndpointName name, DiagramGraph.Place place) {
    return new Box("endpoint", name.title(), name.detail(), "", place.x(), place.y());
  }
}
