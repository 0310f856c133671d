package org.mqttintegration.node;

/**
 * An application event: another node tells of a change.
 *
 * @param kind what has changed, of those that {@link Notices} names
 * @param value which one, such as an id; empty when the kind says it all
 */
public record Notice(String kind, String value) {

  /** The id that it tells of. */
  public long id() {
    return Long.parseLong(value);
  }

  public boolean isOf(String asked) {
    return kind.equals(asked);
  }
}
