package org.mqttintegration.api;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.util.ClassUtils;

/**
 * The console for Java and Camel that a build with the profile {@code hawtio} has, and Jolokia,
 * which it has operations of JMX carried out by. Both are endpoints of the actuator.
 */
final class Hawtio {

  private static final String PAGES = "/actuator/hawtio";
  private static final String OPERATIONS = "/actuator/jolokia";

  private static final boolean IS_THERE =
      ClassUtils.isPresent("io.hawt.springboot.HawtioEndpoint", Hawtio.class.getClassLoader());

  private Hawtio() {}

  /** Whether one of its pages is asked for, which bring a policy of their own. */
  static boolean isPageOf(HttpServletRequest request) {
    return IS_THERE && RequestPath.of(request).isAtOrBelow(PAGES);
  }

  /** Whether one of its pages is asked for, or an operation that they call. */
  static boolean isAskedFor(HttpServletRequest request) {
    RequestPath path = RequestPath.of(request);
    return path.isAtOrBelow(PAGES) || path.isAtOrBelow(OPERATIONS);
  }
}
