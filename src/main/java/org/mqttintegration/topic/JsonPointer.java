package org.mqttintegration.topic;

import java.util.Arrays;
import org.mqttintegration.problem.ProblemException;

/** A JSON Pointer (RFC 6901). */
final class JsonPointer {

  private static final int NOT_TRAILING = -1;

  private JsonPointer() {}

  /** Its reference tokens; none for the whole document. */
  static String[] tokens(String pointer) {
    if (pointer.isEmpty()) {
      return new String[0];
    }
    if (!pointer.startsWith("/") || pointer.replaceAll("~[01]", "").contains("~")) {
      throw ProblemException.invalid(
          "field",
          "A JSON Pointer (RFC 6901) such as /state/load; in its names, ~1 is a slash and ~0 a ~.");
    }
    return Arrays.stream(pointer.substring(1).split("/", NOT_TRAILING))
        .map(token -> token.replace("~1", "/").replace("~0", "~"))
        .toArray(String[]::new);
  }
}
