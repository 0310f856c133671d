package org.mqttintegration.activity;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A to-do as everybody may see it.
 *
 * @param id its id
 * @param recordKind the kind of the record that it is of
 * @param recordId that record's id
 * @param recordName what people called it when the activity was opened
 * @param type what it is
 * @param summary in a line
 * @param note what else there is to know, null for nothing
 * @param assignee the user who is to do it, null for nobody yet
 * @param dueOn by when
 * @param state where it stands
 * @param createdAt when it was opened
 * @param createdBy by whom
 * @param closedAt when it was done or cancelled, null while it is open
 * @param closedBy by whom
 * @param feedback what came of it
 */
record Activity(
    long id,
    RecordKind recordKind,
    String recordId,
    String recordName,
    ActivityType type,
    String summary,
    @Nullable String note,
    @Nullable String assignee,
    LocalDate dueOn,
    ActivityState state,
    Instant createdAt,
    String createdBy,
    @Nullable Instant closedAt,
    @Nullable String closedBy,
    @Nullable String feedback) {

  RecordRef record() {
    return new RecordRef(recordKind, recordId, recordName);
  }
}
