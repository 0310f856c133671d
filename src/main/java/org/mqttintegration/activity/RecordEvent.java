package org.mqttintegration.activity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a record without anybody asking for it.
 *
 * @param record what it happened to
 * @param event what, such as {@code lost}
 * @param group what it is counted together with when it repeats itself, such as {@code connection}
 * @param severity whether something is wrong
 * @param at when it happened
 * @param text in words, without secrets and payloads; null when the event says all
 * @param burst how many of a group are told before they are counted
 * @param unless the last of these events of the record is what stands there already, so that this
 *     one is no news
 * @param evenWith whether it is news after the same event with another text
 */
public record RecordEvent(
    RecordRef record,
    String event,
    String group,
    Severity severity,
    Instant at,
    @Nullable String text,
    int burst,
    List<String> unless,
    boolean evenWith) {

  /** How many changes of a state are told each for itself; flapping takes more. */
  private static final int STATES = 10;

  /** Something that may come in floods: the first is told at once, then how many came. */
  public static RecordEvent failure(RecordRef record, String event, @Nullable String text) {
    return new RecordEvent(
        record, event, event, Severity.WARNING, Instant.now(), text, 1, List.of(), true);
  }

  /** A state that a record came to. */
  static RecordEvent state(
      RecordRef record,
      String group,
      String event,
      Severity severity,
      Instant at,
      @Nullable String text) {
    return new RecordEvent(record, event, group, severity, at, text, STATES, List.of(), true);
  }

  /** The same, but no news when the last of the group's events is one of these. */
  RecordEvent unless(boolean evenWithOtherText, String... events) {
    return new RecordEvent(
        record, event, group, severity, at, text, burst, List.of(events), evenWithOtherText);
  }

  RecordEvent withText(String told) {
    return new RecordEvent(record, event, group, severity, at, told, burst, List.of(), evenWith);
  }
}
