package org.mqttintegration.routefile;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.Findings;
import org.mqttintegration.routefile.check.RouteFileContent.RouteLine;

/** What Camel says of routes that it does not take, in one line. */
final class Failure {

  private static final int LIMIT = 500;
  private static final String BECAUSE = " because: ";
  private static final Pattern MARK = Pattern.compile(", line (\\d+), column (\\d+)");
  private static final Pattern STEP = Pattern.compile(">>> (.*?) <<<", Pattern.DOTALL);

  private Failure() {}

  /** The innermost message; Camel wraps it in repetitions of the whole route. */
  static String sentence(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    String text = message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
    int because = text.lastIndexOf(BECAUSE);
    String fact = because < 0 ? text : text.substring(because + BECAUSE.length());
    String line = fact.strip().lines().findFirst().orElse(fact);
    return line.length() > LIMIT ? line.substring(0, LIMIT) + "…" : line;
  }

  /** The step that Camel names, as the model prints it; an empty text when it names none. */
  static String step(Throwable failure) {
    for (Throwable cause : ObjectHelper.createExceptionIterable(failure)) {
      Matcher step = STEP.matcher(String.valueOf(cause.getMessage()));
      if (step.find()) {
        return step.group(1);
      }
    }
    return "";
  }

  /** The route of those that Camel says it is about, null when it names none. */
  static @Nullable RouteLine route(Throwable failure, List<RouteLine> routes) {
    for (Throwable cause : ObjectHelper.createExceptionIterable(failure)) {
      for (RouteLine route : routes) {
        Pattern named = Pattern.compile("[rR]oute:? \\(?\\Q" + route.id() + "\\E(?![\\w-])");
        if (named.matcher(String.valueOf(cause.getMessage())).find()) {
          return route;
        }
      }
    }
    return null;
  }

  /** Adds the place that the YAML DSL names; false when it names none. */
  static boolean addMarked(Throwable failure, Findings findings) {
    for (Throwable cause : ObjectHelper.createExceptionIterable(failure)) {
      Matcher mark = MARK.matcher(String.valueOf(cause.getMessage()));
      if (mark.find()) {
        findings.add(
            Integer.parseInt(mark.group(1)), Integer.parseInt(mark.group(2)), sentence(failure));
        return true;
      }
    }
    return false;
  }
}
