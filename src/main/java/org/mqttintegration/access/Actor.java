package org.mqttintegration.access;

/**
 * Who does something.
 *
 * @param name the user's login name; {@code system} for the application itself
 * @param kind whether it is a person's or a program's account, or the application
 */
public record Actor(String name, Kind kind) {

  /** What is done without being asked: by a connection, a schedule, a retention. */
  public static final Actor SYSTEM = new Actor("system", Kind.SYSTEM);

  /** Which sort of actor. */
  public enum Kind {
    /** An account. */
    USER,
    /** The application itself. */
    SYSTEM
  }
}
