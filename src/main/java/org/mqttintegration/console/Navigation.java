package org.mqttintegration.console;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The pages that all others lead to, and which of them one is on. */
@Component("navigation")
public class Navigation {

  private static final List<Place> PLACES =
      List.of(
          new Place("Overview", "/", List.of("overview")),
          new Place("Explore", "/explore", List.of("explore")),
          new Place("History", "/history", List.of("history", "sends")),
          new Place("Brokers", "/brokers", List.of("brokers")),
          new Place("Subscriptions", "/subscriptions", List.of("subscriptions")),
          new Place("Signals", "/signals", List.of("signals")),
          new Place("Schedules", "/schedules", List.of("schedules")),
          new Place("Routes", "/routes", List.of("routes", "route-files")),
          new Place("Administration", "/administration", List.of("administration")));

  /**
   * A place of the console.
   *
   * @param label what people read
   * @param path where it begins, below {@link ConsolePaths#BASE}
   * @param rooms the first words of the paths that belong to it
   */
  private record Place(String label, String path, List<String> rooms) {

    boolean has(String room) {
      return rooms.contains(room) || room.isEmpty() && path.equals("/");
    }
  }

  /**
   * A link to a place.
   *
   * @param label what people read
   * @param href where it leads
   * @param current whether the page is there, in the words of {@code aria-current}
   */
  public record Link(String label, String href, String current) {}

  /** The links, as the page of the present request has them. */
  public List<Link> links() {
    String path = ServletUriComponentsBuilder.fromCurrentRequest().build().getPath();
    String room = room(String.valueOf(path));
    return PLACES.stream()
        .map(
            place ->
                new Link(
                    place.label(),
                    ConsolePaths.BASE + place.path(),
                    place.has(room) ? "page" : "false"))
        .toList();
  }

  private static String room(String path) {
    if (!path.startsWith(ConsolePaths.BASE + "/")) {
      return "";
    }
    String below = path.substring(ConsolePaths.BASE.length() + 1);
    int end = below.indexOf('/');
    return end < 0 ? below : below.substring(0, end);
  }
}
