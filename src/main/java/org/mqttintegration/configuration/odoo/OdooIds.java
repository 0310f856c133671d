package org.mqttintegration.configuration.odoo;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code odoo_record}: what became of the records that were taken over. */
@Component
class OdooIds {

  private final JdbcClient database;

  OdooIds(JdbcClient database) {
    this.database = database;
  }

  /** The records of a table that are still there, by the ids that they had. */
  Map<String, Long> of(OdooModel model) {
    forgetGone(model);
    Map<String, Long> ids = new HashMap<>();
    database
        .sql("select odoo_id, record_id from odoo_record where model = ?")
        .param(model.table())
        .query((row, number) -> ids.put(row.getString(1), row.getLong(2)))
        .list();
    return ids;
  }

  /** A row whose record was deleted here comes as a new one. */
  private void forgetGone(OdooModel model) {
    database
        .sql(
            """
            delete from odoo_record where model = ?
              and not exists (select from %s where id = record_id)
            """
                .formatted(model.records()))
        .param(model.table())
        .update();
  }

  /** The record that a row became, null when it did not come before. */
  static @Nullable Long find(Map<String, Long> ids, OdooRow row) {
    Long external = ids.get(row.textOrEmpty("id"));
    return external != null ? external : ids.get("." + row.textOrEmpty(".id"));
  }

  /** Notes what became of a row. */
  void put(OdooModel model, OdooRow row, long record) {
    put(model, row.text("id"), record);
    String databaseId = row.text(".id");
    put(model, databaseId == null ? null : "." + databaseId, record);
  }

  private void put(OdooModel model, @Nullable String id, long record) {
    if (id != null) {
      database
          .sql(
              """
              insert into odoo_record (model, odoo_id, record_id) values (?, ?, ?)
              on conflict (model, odoo_id) do update set record_id = excluded.record_id
              """)
          .params(model.table(), id, record)
          .update();
    }
  }
}
