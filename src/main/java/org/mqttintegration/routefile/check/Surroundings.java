package org.mqttintegration.routefile.check;

import java.util.Set;
import java.util.function.Predicate;

/**
 * What a file stands beside.
 *
 * @param isTaken whether a route id belongs to another file or to the application
 * @param directs the names of {@code direct:} and {@code seda:} that other files begin with
 * @param templates the route templates of other files
 * @param kamelets the names of all kamelets
 */
public record Surroundings(
    Predicate<String> isTaken, Set<String> directs, Set<String> templates, Set<String> kamelets) {

  /** A file that stands alone. */
  public static Surroundings none() {
    return new Surroundings(id -> false, Set.of(), Set.of(), Set.of());
  }
}
