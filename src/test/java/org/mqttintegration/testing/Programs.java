package org.mqttintegration.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs of others that a test uses where they are. */
public final class Programs {

  private Programs() {}

  /** Whether it can be called by its name. */
  public static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
