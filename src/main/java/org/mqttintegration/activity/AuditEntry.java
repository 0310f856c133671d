package org.mqttintegration.activity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a thread and of the audit, as everybody may see it.
 *
 * @param id its place among all entries
 * @param at when it happened
 * @param recordedAt when it was stored; later when the database was away
 * @param actor who did it, {@code system} for the application itself
 * @param actorKind whether that is a user
 * @param recordKind the kind of its record
 * @param recordId the record's id; it may be gone
 * @param recordName what people called the record then
 * @param kind what the entry is
 * @param event what it tells of
 * @param severity whether something is wrong
 * @param text in words; of a note, its Markdown
 * @param changes the fields that changed
 * @param mentions the users that a note mentions
 */
record AuditEntry(
    long id,
    Instant at,
    Instant recordedAt,
    String actor,
    String actorKind,
    RecordKind recordKind,
    String recordId,
    String recordName,
    EntryKind kind,
    String event,
    Severity severity,
    @Nullable String text,
    List<FieldChange> changes,
    List<String> mentions) {}
