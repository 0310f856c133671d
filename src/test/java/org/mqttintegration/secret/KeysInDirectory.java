package org.mqttintegration.secret;

import java.nio.file.Path;

/** Secret keys of a directory, for tests of other rooms. */
public final class KeysInDirectory {

  private KeysInDirectory() {}

  /** Keys whose file is made when it is needed. */
  public static SecretKeys of(Path directory) {
    return new SecretKeys(new SecretSettings(null, null), directory.toString());
  }
}
