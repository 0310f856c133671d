package org.mqttintegration.console.routes;

import org.mqttintegration.console.ConsolePaths;

/** Where the pages of routes are. */
final class RoutePaths {

  static final String LIST = ConsolePaths.BASE + "/routes";
  static final String DEAD_LETTERS = LIST + "/dead-letters";
  static final String POSITIONS = LIST + "/positions";
  static final String FILES = ConsolePaths.BASE + "/route-files";
  static final String FILE = FILES + "/{name:.+[.]yaml}";

  /** The word for route files in the paths of REST. */
  static final String RECORDS = "route-files";

  private RoutePaths() {}

  /** Leads to the page of a file. */
  static String toFile(String name) {
    return "redirect:" + FILES + "/" + name;
  }
}
