package org.mqttintegration.activity;

/**
 * A record that something is told of.
 *
 * @param kind what it is
 * @param id its id; the name of a route file
 * @param name what people call it now
 */
public record RecordRef(RecordKind kind, String id, String name) {

  /** One whose id is a number. */
  public static RecordRef of(RecordKind kind, long id, String name) {
    return new RecordRef(kind, Long.toString(id), name);
  }
}
