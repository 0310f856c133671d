package org.mqttintegration.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.WireName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Appends to the audit, and notes whom to tell. In the transaction of the caller. */
@Component
class AuditLog {

  private static final int MAX_TEXT = 20_000;

  private final JdbcClient database;
  private final ObjectMapper json;

  AuditLog(JdbcClient database, ObjectMapper json) {
    this.database = database;
    this.json = json;
  }

  /** Appends an entry, and gives its id. */
  long append(NewEntry entry) {
    long id = insert(entry);
    mention(entry);
    notifyFollowers(id, entry);
    return id;
  }

  /** Appends an entry that nobody is told of: that telling failed, which could go on for ever. */
  void appendUntold(NewEntry entry) {
    insert(entry);
  }

  private long insert(NewEntry entry) {
    return database
        .sql(
            """
            insert into audit_entry (happened_at, actor, actor_kind, record_kind, record_id, record_name,
                                     entry_kind, event, severity, text, changes, mentions)
            values (:at, :actor, :actorKind, :kind, :id, :name, :entryKind, :event, :severity, :text,
                    cast(:changes as jsonb), :mentions)
            returning id
            """)
        .param("at", entry.at().atOffset(ZoneOffset.UTC))
        .param("actor", entry.actor().name())
        .param("actorKind", WireName.of(entry.actor().kind()))
        .param("kind", entry.record().kind().word())
        .param("id", entry.record().id())
        .param("name", storable(entry.record().name()))
        .param("entryKind", entry.kind().word())
        .param("event", entry.event())
        .param("severity", entry.severity().word())
        .param("text", storable(entry.text()), Types.VARCHAR)
        .param("changes", changes(entry.changes()))
        .param("mentions", entry.mentions().toArray(String[]::new))
        .query(Long.class)
        .single();
  }

  /** Who is mentioned need not follow the record; he is told of this entry alone. */
  private void mention(NewEntry entry) {
    for (String user : entry.mentions()) {
      database
          .sql(
              """
              insert into follower (record_kind, record_id, type, target, kinds, severity)
              values (:kind, :id, 'user', :user, '{}', 'info')
              on conflict (record_kind, record_id, type, target) do update set ended_at = null
              """)
          .param("kind", entry.record().kind().word())
          .param("id", entry.record().id())
          .param("user", user)
          .update();
    }
  }

  /** Nobody is told of what he did himself. */
  private void notifyFollowers(long entryId, NewEntry entry) {
    database
        .sql(
            """
            insert into notification (follower_id, entry_id)
            select id, :entry from follower
            where record_kind = :kind and record_id = :id and ended_at is null
              and ((:entryKind = any(kinds) and (:entryKind <> 'event' or severity in ('info', :severity)))
                   or (type = 'user' and target = any(:mentions)))
              and not (type = 'user' and target = :actor and :actorKind = 'user')
            """)
        .param("entry", entryId)
        .param("kind", entry.record().kind().word())
        .param("id", entry.record().id())
        .param("entryKind", entry.kind().word())
        .param("severity", entry.severity().word())
        .param("mentions", entry.mentions().toArray(String[]::new))
        .param("actor", entry.actor().name())
        .param("actorKind", WireName.of(entry.actor().kind()))
        .update();
  }

  /**
   * The last event of a record.
   *
   * @param text in words, null when the event says all
   */
  record LastEvent(String event, @Nullable String text) {}

  /** The last of these events that is told of a record. */
  Optional<LastEvent> last(RecordRef record, List<String> events) {
    return database
        .sql(
            """
            select event, text from audit_entry
            where record_kind = :kind and record_id = :id and entry_kind = 'event' and event = any(:events)
            order by id desc limit 1
            """)
        .param("kind", record.kind().word())
        .param("id", record.id())
        .param("events", events.toArray(String[]::new))
        .query((row, number) -> new LastEvent(row.getString("event"), row.getString("text")))
        .optional();
  }

  private String changes(List<FieldChange> changes) {
    try {
      return json.writeValueAsString(changes).replace("\\u0000", "\\ufffd");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** PostgreSQL's text has no NUL. */
  private static @Nullable String storable(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String cut = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    return cut.replace('\0', '\uFFFD');
  }
}
