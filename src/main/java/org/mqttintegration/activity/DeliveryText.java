package org.mqttintegration.activity;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a mail says of entries. */
final class DeliveryText {

  private static final int MAX_SUBJECT = 150;

  private DeliveryText() {}

  static String subject(List<AuditEntry> entries) {
    AuditEntry last = entries.get(entries.size() - 1);
    String record = "%s %s".formatted(last.recordKind().noun(), last.recordName());
    String what =
        entries.size() == 1 ? words(last.event()) : "%d entries".formatted(entries.size());
    String subject = "%s: %s".formatted(record, what).replaceAll("\\p{Cntrl}", " ");
    return subject.length() <= MAX_SUBJECT ? subject : subject.substring(0, MAX_SUBJECT) + "…";
  }

  static String text(List<AuditEntry> entries) {
    return entries.stream().map(DeliveryText::entry).collect(Collectors.joining("\n"));
  }

  private static String entry(AuditEntry entry) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s  %s  %s"
            .formatted(
                entry.at().truncatedTo(ChronoUnit.SECONDS), words(entry.event()), entry.actor()));
    if (entry.text() != null) {
      text.append("\n  ").append(entry.text().replace("\n", "\n  "));
    }
    for (FieldChange change : entry.changes()) {
      text.append("\n  ").append(change(change));
    }
    return text.append('\n').toString();
  }

  private static String change(FieldChange change) {
    return change.hidden()
        ? change.field() + ": changed"
        : "%s: %s → %s".formatted(change.field(), value(change.old()), value(change.new_()));
  }

  private static String value(@Nullable JsonNode value) {
    return value == null || value.isNull()
        ? "(none)"
        : value.isTextual() ? value.textValue() : value.toString();
  }

  /** {@code fileApplied} is file applied. */
  private static String words(String event) {
    return event.replaceAll("(\\p{Lu})", " $1").toLowerCase(java.util.Locale.ROOT);
  }
}
