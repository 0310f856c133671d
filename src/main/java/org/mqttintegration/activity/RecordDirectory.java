package org.mqttintegration.activity;

import java.util.Optional;

/** Knows the records of a kind; each feature whose records have threads has one. */
public interface RecordDirectory {

  /** The kind. */
  RecordKind kind();

  /** What people call the record with that id; empty when there is none. */
  Optional<String> name(String id);

  /** A record's id as a number; empty when it is none. */
  static Optional<Long> number(String id) {
    try {
      return Optional.of(Long.valueOf(id));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
