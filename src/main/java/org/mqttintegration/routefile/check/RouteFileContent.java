package org.mqttintegration.routefile.check;

import java.util.List;
import java.util.Set;

/**
 * What a check found in a file.
 *
 * @param findings what is wrong, in the order of the lines; none when the file can run
 * @param routes the routes that it has
 * @param templates the ids of its route templates
 * @param kamelets the names of its kamelets
 * @param directs the names of {@code direct:} and {@code seda:} that its routes begin with
 * @param endpoints the endpoints that it names, without their queries
 * @param computed how the URIs begin that messages make, normalised
 * @param steps where the steps are
 * @param secretOptions the parameters of endpoints that hold secrets
 */
public record RouteFileContent(
    List<Finding> findings,
    List<RouteLine> routes,
    Set<String> templates,
    Set<String> kamelets,
    Set<String> directs,
    Set<String> endpoints,
    Set<String> computed,
    List<StepLine> steps,
    Set<String> secretOptions) {

  /**
   * Where a route is.
   *
   * @param id its id
   * @param line the line of its id, from 1
   * @param column the column of its id, from 1
   */
  public record RouteLine(String id, int line, int column) {}

  /**
   * Where a step is.
   *
   * @param name its EIP
   * @param line its line, from 1
   * @param column its column, from 1
   */
  public record StepLine(String name, int line, int column) {}

  /** A file of which nothing can be said but what is wrong. */
  static RouteFileContent unreadable(List<Finding> findings) {
    return new RouteFileContent(
        findings, List.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), List.of(), Set.of());
  }

  /** An endpoint as {@link #endpoints} has it: its URI without query and slashes. */
  public static String named(String uri) {
    int query = uri.indexOf('?');
    return (query < 0 ? uri : uri.substring(0, query)).replaceFirst(":/+", ":");
  }

  /** Where the first route is, or the file begins. */
  public RouteLine firstRoute() {
    return routes.isEmpty() ? new RouteLine("", 1, 1) : routes.get(0);
  }

  public boolean isValid() {
    return findings.isEmpty();
  }

  /** Whether other files may be made of it. */
  public boolean isLibrary() {
    return !templates.isEmpty() || !kamelets.isEmpty();
  }

  /** The same as a kamelet. */
  RouteFileContent asKamelet(String name) {
    return new RouteFileContent(
        findings,
        routes,
        templates,
        Set.of(name),
        directs,
        endpoints,
        computed,
        steps,
        secretOptions);
  }

  public RouteFileContent with(List<Finding> found) {
    return new RouteFileContent(
        found, routes, templates, kamelets, directs, endpoints, computed, steps, secretOptions);
  }
}
