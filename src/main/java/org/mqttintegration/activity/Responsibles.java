package org.mqttintegration.activity;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Actor;
import org.mqttintegration.access.CurrentActor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who answers for a record: whoever created it, until it is somebody else. */
@Component
class Responsibles {

  private final JdbcClient database;
  private final AuditLog log;
  private final CurrentActor actor;

  Responsibles(JdbcClient database, AuditLog log, CurrentActor actor) {
    this.database = database;
    this.log = log;
    this.actor = actor;
  }

  /** The user who answers for a record; empty when nobody does. */
  Optional<String> of(RecordRef record) {
    return database
        .sql("select user_name from responsible where record_kind = ? and record_id = ?")
        .params(record.kind().word(), record.id())
        .query(String.class)
        .optional();
  }

  /** A record is new. */
  void created(RecordRef record, Actor creator) {
    if (creator.kind() == Actor.Kind.USER) {
      put(record, creator.name());
    }
  }

  /** Somebody else shall answer for a record, or nobody. */
  @Transactional
  public void change(RecordRef record, @Nullable String user) {
    String before = of(record).orElse(null);
    if (Objects.equals(before, user)) {
      return;
    }
    if (user == null) {
      forget(record);
    } else {
      put(record, user);
    }
    FieldChange change =
        new FieldChange(
            "responsible",
            before == null ? null : TextNode.valueOf(before),
            user == null ? null : TextNode.valueOf(user),
            false);
    log.append(NewEntry.change(record, actor.get(), "changed", null, List.of(change)));
  }

  private void put(RecordRef record, String user) {
    database
        .sql(
            """
            insert into responsible (record_kind, record_id, user_name) values (?, ?, ?)
            on conflict (record_kind, record_id) do update set user_name = excluded.user_name
            """)
        .params(record.kind().word(), record.id(), user)
        .update();
  }

  /** Nobody answers for it any more. */
  void forget(RecordRef record) {
    database
        .sql("delete from responsible where record_kind = ? and record_id = ?")
        .params(record.kind().word(), record.id())
        .update();
  }
}
