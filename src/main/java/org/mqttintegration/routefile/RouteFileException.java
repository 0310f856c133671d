package org.mqttintegration.routefile;

/** A route file cannot run; the message says why. */
final class RouteFileException extends Exception {

  private static final long serialVersionUID = 1L;

  RouteFileException(String message) {
    super(message);
  }

  RouteFileException(Throwable cause) {
    super(rootMessage(cause), cause);
  }

  /**
   * Camel wraps what is wrong in long repetitions of the whole route; the innermost message has the
   * fact.
   */
  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return (message != null ? message : root.getClass().getSimpleName()).strip();
  }
}
