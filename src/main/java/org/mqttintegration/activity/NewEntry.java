package org.mqttintegration.activity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Actor;

/**
 * An entry to append.
 *
 * @param event what it tells of, such as {@code created}
 * @param text in words, null when the event says all
 * @param mentions the users that are told of it whether they follow or not
 */
record NewEntry(
    RecordRef record,
    Actor actor,
    EntryKind kind,
    String event,
    Severity severity,
    Instant at,
    @Nullable String text,
    List<FieldChange> changes,
    List<String> mentions) {

  static NewEntry event(RecordRef record, Actor actor, String event, @Nullable String text) {
    return new NewEntry(
        record,
        actor,
        EntryKind.EVENT,
        event,
        Severity.INFO,
        Instant.now(),
        text,
        List.of(),
        List.of());
  }

  /** As an event, of something that is wrong. */
  static NewEntry warning(RecordRef record, Actor actor, String event, @Nullable String text) {
    return new NewEntry(
        record,
        actor,
        EntryKind.EVENT,
        event,
        Severity.WARNING,
        Instant.now(),
        text,
        List.of(),
        List.of());
  }

  static NewEntry change(
      RecordRef record,
      Actor actor,
      String event,
      @Nullable String text,
      List<FieldChange> changes) {
    return new NewEntry(
        record,
        actor,
        EntryKind.CHANGE,
        event,
        Severity.INFO,
        Instant.now(),
        text,
        changes,
        List.of());
  }
}
