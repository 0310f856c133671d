package org.mqttintegration.routefile.check;

/** Route files of tests. */
public final class FilesOfTests {

  private FilesOfTests() {}

  static RouteText file(String text) {
    return new RouteText("a.camel.yaml", text);
  }

  /** A file with the route {@code a}, which begins with {@code direct:a}; its step is in line 6. */
  public static String step(String step) {
    return """
    - route:
        id: a
        from:
          uri: direct:a
          steps:
            - %s
    """
        .formatted(step);
  }
}
