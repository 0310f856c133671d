package org.mqttintegration.console;

/** Where the console is. */
public final class ConsolePaths {

  /** All of it is below this. */
  public static final String BASE = "/console";

  private ConsolePaths() {}
}
