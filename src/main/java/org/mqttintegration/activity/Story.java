package org.mqttintegration.activity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Actor;
import org.mqttintegration.access.CurrentActor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells what somebody did to a record, in the transaction that does it: both are there, or neither.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Story {

  private final AuditLog log;
  private final FieldChanges fields;
  private final Responsibles responsibles;
  private final Endings endings;
  private final CurrentActor actor;

  Story(
      AuditLog log,
      FieldChanges fields,
      Responsibles responsibles,
      Endings endings,
      CurrentActor actor) {
    this.log = log;
    this.fields = fields;
    this.responsibles = responsibles;
    this.endings = endings;
    this.actor = actor;
  }

  /**
   * A record was created or changed; one that did not change writes nothing.
   *
   * @param before the request that would have stored what was there, null for a new record
   * @param after the request that would store what is there now
   * @param secrets the fields whose values are stored apart, and are others now
   */
  public void saved(RecordRef record, @Nullable Object before, Object after, Set<String> secrets) {
    List<FieldChange> changes = new ArrayList<>(fields.between(before, after));
    secrets.forEach(field -> changes.add(FieldChange.hidden(field)));
    changes.sort(Comparator.comparing(FieldChange::field));
    if (before == null) {
      log.append(NewEntry.change(record, actor.get(), "created", null, changes));
      responsibles.created(record, actor.get());
    } else if (!changes.isEmpty()) {
      log.append(NewEntry.change(record, actor.get(), "changed", null, changes));
    }
  }

  /**
   * A record was removed; its story stays.
   *
   * @param before the request that would have stored it
   */
  public void removed(RecordRef record, Object before) {
    List<FieldChange> changes = fields.between(before, null);
    log.append(NewEntry.change(record, actor.get(), "removed", null, changes));
    endings.removed(record);
  }

  /**
   * Somebody did something to a record that is no change of its fields.
   *
   * @param event what, such as {@code paused}
   * @param text in words, without secrets; null when the event says all
   */
  public void did(RecordRef record, String event, @Nullable String text) {
    did(record, actor.get(), event, text);
  }

  /**
   * What somebody wanted of a record was not done, since it is wrong.
   *
   * @param event what, such as {@code fileRejected}
   * @param text why, without secrets
   */
  public void refused(RecordRef record, String event, @Nullable String text) {
    log.append(NewEntry.warning(record, actor.get(), event, text));
  }

  /**
   * As {@link #did(RecordRef, String, String)}, by somebody else than who asks; as when he has just
   * signed in, or could not.
   */
  public void did(RecordRef record, Actor who, String event, @Nullable String text) {
    log.append(NewEntry.change(record, who, event, text, List.of()));
  }
}
