package org.mqttintegration.console.routes;

import java.util.regex.Pattern;
import org.mqttintegration.api.OperationRequest;

/**
 * A route file as somebody types it.
 *
 * @param name the file's name
 * @param isNew whether the file is to be made
 * @param text what it says
 * @param tag the mark of the file that was changed, empty for a new one
 */
record Draft(String name, boolean isNew, String text, String tag) {

  static final String YAML = "text/yaml";

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.(camel|kamelet)\\.yaml");

  /** Whether a file may be called so, as the contract says. */
  boolean hasName() {
    return NAME.matcher(name).matches();
  }

  /** What its page is called. */
  public String heading() {
    return isNew ? "New route file" : "Edit " + name;
  }

  /** Browsers send a line's end as two characters. */
  static Draft typed(String name, boolean isNew, String text, String tag) {
    return new Draft(name.strip(), isNew, text.replace("\r\n", "\n"), tag);
  }

  /** A request with the text, as if it stood there in place of the file. */
  OperationRequest about(String operation) {
    return OperationRequest.of(operation).with("name", name).text(sent(), YAML);
  }

  /** The request that applies it, unless the file is another one by now. */
  OperationRequest application() {
    OperationRequest put = OperationRequest.of("putRouteFile").at("file", name).text(sent(), YAML);
    return isNew ? put.header("If-None-Match", "*") : put.header("If-Match", tag);
  }

  /** No body at all is no request. */
  private String sent() {
    return text.isEmpty() ? "\n" : text;
  }

  /** The same, to take the place of what somebody else made of the file. */
  Draft onTopOf(String newest) {
    return new Draft(name, false, text, newest);
  }
}
