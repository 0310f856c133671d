package org.mqttintegration.embedded;

import java.nio.file.Path;

/** Another running instance uses the data directory. */
final class DataDirectoryInUseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DataDirectoryInUseException(Path path) {
    super("The data directory " + path + " is in use by another running instance.");
  }
}
