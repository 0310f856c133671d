package org.mqttintegration.secret;

import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;

/** The command {@code new-key}: prints a line for the key file. */
public final class NewKeyCommand {

  /** The command's name, the first argument. */
  public static final String NAME = "new-key";

  private NewKeyCommand() {}

  /** Prints a new key, and tells its id in a comment. */
  public static void run(PrintStream out) {
    out.println(line(EncryptionKey.generate()));
  }

  static String line(String key) {
    String id = new EncryptionKey(Base64.getDecoder().decode(key)).id();
    return "%s # id %s, made %s".formatted(key, id, LocalDate.now(ZoneOffset.UTC));
  }
}
