package org.mqttintegration.console.routes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Places boxes so that ways go from left to right: each stands a column behind all that lead to it,
 * as high as these as far as there is room. A way back in a circle decides nothing.
 */
final class DiagramGraph {

  static final int EDGE = 10;

  private static final int COLUMN = Diagram.Box.WIDTH + 56;
  private static final int ROW = Diagram.Box.HEIGHT + 18;

  private final Map<String, Set<String>> before = new LinkedHashMap<>();
  private final Map<String, Integer> columns = new HashMap<>();

  /** Where a box is. */
  record Place(int x, int y) {}

  /** A way leads from one to the other. */
  void connect(String from, String to) {
    before.computeIfAbsent(from, key -> new LinkedHashSet<>());
    before.computeIfAbsent(to, key -> new LinkedHashSet<>()).add(from);
  }

  /** All ways. */
  void forEach(BiConsumer<String, String> way) {
    before.forEach((to, sources) -> sources.forEach(from -> way.accept(from, to)));
  }

  /** Where each box is, from left to right. */
  Map<String, Place> places() {
    Map<Integer, List<String>> byColumn = new TreeMap<>();
    for (String box : before.keySet()) {
      byColumn.computeIfAbsent(column(box, new HashSet<>()), column -> new ArrayList<>()).add(box);
    }
    Map<String, Place> places = new LinkedHashMap<>();
    byColumn.forEach((column, boxes) -> placeColumn(column, boxes, places));
    return places;
  }

  static Place at(Map<String, Place> places, String box) {
    return Objects.requireNonNull(places.get(box), box);
  }

  private int column(String box, Set<String> onTheWay) {
    Integer known = columns.get(box);
    if (known != null) {
      return known;
    }
    onTheWay.add(box);
    int column = 0;
    for (String source : before.getOrDefault(box, Set.of())) {
      if (!onTheWay.contains(source)) {
        column = Math.max(column, column(source, onTheWay) + 1);
      }
    }
    onTheWay.remove(box);
    columns.put(box, column);
    return column;
  }

  private void placeColumn(int column, List<String> boxes, Map<String, Place> places) {
    Map<String, Integer> wanted = new HashMap<>();
    boxes.forEach(box -> wanted.put(box, wantedTop(box, places)));
    boxes.sort(Comparator.comparing(wanted::get));
    int free = EDGE;
    for (String box : boxes) {
      int top = Math.max(free, wanted.getOrDefault(box, 0));
      places.put(box, new Place(EDGE + column * COLUMN, top));
      free = top + ROW;
    }
  }

  /** As high as what leads to it is on the average. */
  private int wantedTop(String box, Map<String, Place> places) {
    return (int)
        before.getOrDefault(box, Set.of()).stream()
            .map(places::get)
            .filter(Objects::nonNull)
            .mapToInt(Place::y)
            .average()
            .orElse(0);
  }
}
