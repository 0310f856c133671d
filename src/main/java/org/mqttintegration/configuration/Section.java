package org.mqttintegration.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** A part of a configuration: the records of one kind. */
interface Section {

  /** Its name in a document. */
  String name();

  /** What is stored, the oldest first. */
  List<StoredItem> stored();

  /** What a stored record says now. */
  ObjectNode read(long id);

  /**
   * What an item is known by.
   *
   * @throws org.mqttintegration.problem.ProblemException when it lacks a part of that
   */
  String key(ObjectNode item);

  /** Stores a new record, and gives its id. */
  long add(ObjectNode item);

  /** Whether a record is of the past, though it was just stored. */
  default boolean isOver(long id) {
    return false;
  }

  /** Makes of a record what an item says; what that leaves out gets its default. */
  void replace(StoredItem stored, ObjectNode item);

  /** Deletes a record. */
  void remove(long id);

  /** The fields that an item changes and that cannot be read back. */
  default Set<String> secrets(StoredItem stored, ObjectNode item) {
    return Set.of();
  }

  /** Whether an item says what is stored, to the letter; else the record's own service tells. */
  default boolean isSame(StoredItem stored, ObjectNode item) {
    return stored.fields().equals(item);
  }
}
