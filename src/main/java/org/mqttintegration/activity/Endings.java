package org.mqttintegration.activity;

import java.util.List;
import org.mqttintegration.access.CurrentActor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Ends what belongs to a record that is removed. Its entries stay. */
@Component
class Endings {

  private final JdbcClient database;
  private final Responsibles responsibles;
  private final CurrentActor actor;

  Endings(JdbcClient database, Responsibles responsibles, CurrentActor actor) {
    this.database = database;
    this.responsibles = responsibles;
    this.actor = actor;
  }

  /** A route file of the same name is the same record again, so its followers stay. */
  void removed(RecordRef record) {
    if (record.kind() == RecordKind.BROKER) {
      database
          .sql("delete from outage where broker_id = ?")
          .param(Long.valueOf(record.id()))
          .update();
    }
    if (record.kind() != RecordKind.ROUTE_FILE) {
      database
          .sql("update follower set ended_at = now() where record_kind = ? and record_id = ?")
          .params(List.of(record.kind().word(), record.id()))
          .update();
      responsibles.forget(record);
    }
    database
        .sql(
            """
            update activity set status = 'cancelled', closed_at = now(), closed_by = ?, feedback = ?
            where record_kind = ? and record_id = ? and status = 'open'
            """)
        .params(actor.get().name(), "The %s was removed.".formatted(record.kind().noun()))
        .params(record.kind().word(), record.id())
        .update();
  }
}
