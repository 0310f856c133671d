package org.mqttintegration.bridge.trace;

/** A failure in a line. */
public final class FailureSummary {

  private static final int LONGEST = 300;

  private FailureSummary() {}

  /** The innermost cause, which has the fact. */
  public static String of(Throwable failure) {
    Throwable root = root(failure);
    String message = root.getMessage();
    String name = root.getClass().getSimpleName();
    String text = message == null ? name : name + ": " + message.lines().findFirst().orElse("");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }
}
