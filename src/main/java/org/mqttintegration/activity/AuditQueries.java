package org.mqttintegration.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.Conditions;
import org.mqttintegration.resource.WireName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the audit. */
@Component
class AuditQueries {

  private static final TypeReference<List<FieldChange>> CHANGES = new TypeReference<>() {};

  private final JdbcClient database;
  private final ObjectMapper json;

  AuditQueries(JdbcClient database, ObjectMapper json) {
    this.database = database;
    this.json = json;
  }

  /** A page, newest first. */
  AuditPage list(AuditQuery query) {
    Conditions conditions = conditions(query);
    List<AuditEntry> found =
        database
            .sql(
                "select * from audit_entry where %s order by id desc limit :limit"
                    .formatted(conditions.sql()))
            .params(conditions.parameters())
            .param("limit", query.limit() + 1)
            .query(this::entry)
            .list();
    boolean more = found.size() > query.limit();
    List<AuditEntry> items = more ? found.subList(0, query.limit()) : found;
    return new AuditPage(items, more ? Long.toString(items.get(items.size() - 1).id()) : null);
  }

  private static Conditions conditions(AuditQuery query) {
    Conditions conditions = new Conditions();
    conditions.add("actor = :actor", "actor", query.actor());
    conditions.add("record_kind = :recordKind", "recordKind", word(query.recordKind()));
    conditions.add("record_id = :recordId", "recordId", query.recordId());
    conditions.add("entry_kind = :kind", "kind", word(query.kind()));
    conditions.add("event = :event", "event", query.event());
    conditions.add(
        "jsonb_path_exists(changes, '$[*] ? (@.field == $f)', jsonb_build_object('f', cast(:field as text)))",
        "field",
        query.field());
    conditions.add("happened_at >= :since", "since", utc(query.since()));
    conditions.add("happened_at < :until", "until", utc(query.until()));
    conditions.add("id < :before", "before", query.before());
    return conditions;
  }

  private static @Nullable Object utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable String word(@Nullable Enum<?> constant) {
    return constant == null ? null : WireName.of(constant);
  }

  /** One entry. */
  AuditEntry get(long id) {
    return database
        .sql("select * from audit_entry where id = ?")
        .param(id)
        .query(this::entry)
        .single();
  }

  /** Those that a delivery tells of, oldest first. */
  List<AuditEntry> ofDelivery(long delivery) {
    return database
        .sql(
            """
            select e.* from audit_entry e join notification n on n.entry_id = e.id
            where n.delivery_id = ? order by e.id
            """)
        .param(delivery)
        .query(this::entry)
        .list();
  }

  private AuditEntry entry(ResultSet row, int number) throws SQLException {
    return new AuditEntry(
        row.getLong("id"),
        Objects.requireNonNull(Activities.instant(row, "happened_at")),
        Objects.requireNonNull(Activities.instant(row, "recorded_at")),
        row.getString("actor"),
        row.getString("actor_kind"),
        constant(RecordKind.class, row.getString("record_kind")),
        row.getString("record_id"),
        row.getString("record_name"),
        constant(EntryKind.class, row.getString("entry_kind")),
        row.getString("event"),
        constant(Severity.class, row.getString("severity")),
        row.getString("text"),
        changes(row.getString("changes")),
        List.of((String[]) row.getArray("mentions").getArray()));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Objects.requireNonNull(WireName.constant(type, word), word);
  }

  private List<FieldChange> changes(String stored) {
    try {
      return json.readValue(stored, CHANGES);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
