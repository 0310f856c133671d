package org.mqttintegration.console.record;

/**
 * A column of a list.
 *
 * @param field the field of the record
 * @param kind how its value is drawn
 * @param sortable whether REST sorts by it
 */
record Column(String field, Kind kind, boolean sortable) {

  /** How a value is drawn. */
  enum Kind {
    /** As it is. */
    TEXT,
    /** What leads to the record. */
    TITLE,
    /** As topics and hosts are. */
    CODE,
    /** A word that says how it stands, with the message of the field beside it. */
    STATE,
    /** An instant. */
    TIME,
    /** Another record. */
    REFERENCE
  }

  static Column naming(String field, boolean sortable) {
    return new Column(field, Kind.TITLE, sortable);
  }

  static Column text(String field) {
    return new Column(field, Kind.TEXT, true);
  }

  static Column code(String field) {
    return new Column(field, Kind.CODE, true);
  }

  static Column state(String field, boolean sortable) {
    return new Column(field, Kind.STATE, sortable);
  }

  static Column time(String field, boolean sortable) {
    return new Column(field, Kind.TIME, sortable);
  }

  static Column reference(String field) {
    return new Column(field, Kind.REFERENCE, true);
  }

  /** As templates ask for it. */
  public String drawn() {
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }
}
