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

  /** The template {@code x-step} of a file {@code x}. */
  public static String template(String name) {
    return """
    - routeTemplate:
        id: %1$s-step
        parameters: [{name: name}]
        from:
          uri: timer:{{name}}?repeatCount=1&delay=0
          steps:
            - log: %1$s
    """
        .formatted(name);
  }

  /** What makes the route {@code x-of-y} in a file {@code x}, of the template of {@code y}. */
  public static String use(String name, String of) {
    return """
    - templatedRoute:
        routeId: %1$s-of-%2$s
        routeTemplateRef: %2$s-step
        parameters: [{name: name, value: %1$s-of-%2$s}]
    """
        .formatted(name, of);
  }

  /** A link of a chain: a template, and what is made of that of the next one. */
  public static String link(String name, String next) {
    return template(name) + use(name, next);
  }
}
