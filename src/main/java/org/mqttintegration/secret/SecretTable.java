package org.mqttintegration.secret;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code secret}. */
final class SecretTable {

  private final JdbcClient database;

  SecretTable(JdbcClient database) {
    this.database = database;
  }

  /** A row, its value sealed. */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(SecretName name, String keyId, byte[] sealed) {}

  Optional<Row> find(SecretName name) {
    return database
        .sql("select * from secret where kind = ? and owner = ? and name = ?")
        .params(name.kind(), name.owner(), name.name())
        .query(SecretTable::row)
        .optional();
  }

  List<Row> all() {
    return database.sql("select * from secret").query(SecretTable::row).list();
  }

  List<StoredSecret> list(String kind) {
    return database
        .sql("select * from secret where kind = ? order by owner, name")
        .param(kind)
        .query(
            (row, number) ->
                new StoredSecret(
                    name(row), row.getObject("updated_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** The ids of the keys that are needed. */
  List<String> keyIds() {
    return database
        .sql("select distinct key_id from secret order by key_id")
        .query(String.class)
        .list();
  }

  /** How many secrets each of these keys opens, by the key's id. */
  Map<String, Integer> countByKey() {
    Map<String, Integer> counts = new HashMap<>();
    database
        .sql("select key_id, count(*) as secrets from secret group by key_id")
        .query((row, number) -> counts.put(row.getString("key_id"), row.getInt("secrets")))
        .list();
    return counts;
  }

  /** Waits until nobody encrypts everything again; until the commit nobody begins to. */
  void lockForPut() {
    database.sql("lock table secret in row exclusive mode").update();
  }

  /** Waits for those that write; until the commit nobody else does. */
  void lockForAll() {
    database.sql("lock table secret in exclusive mode").update();
  }

  void put(Row row, Instant now) {
    database
        .sql(
            """
            insert into secret (kind, owner, name, key_id, sealed, updated_at) values (?, ?, ?, ?, ?, ?)
            on conflict (kind, owner, name) do update
            set key_id = excluded.key_id, sealed = excluded.sealed, updated_at = excluded.updated_at
            """)
        .params(row.name().kind(), row.name().owner(), row.name().name())
        .params(row.keyId(), row.sealed(), now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Changes how a secret is encrypted, not since when it is there. */
  void reseal(Row row) {
    database
        .sql("update secret set key_id = ?, sealed = ? where kind = ? and owner = ? and name = ?")
        .params(row.keyId(), row.sealed())
        .params(row.name().kind(), row.name().owner(), row.name().name())
        .update();
  }

  boolean remove(SecretName name) {
    return database
            .sql("delete from secret where kind = ? and owner = ? and name = ?")
            .params(name.kind(), name.owner(), name.name())
            .update()
        > 0;
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(name(row), row.getString("key_id"), row.getBytes("sealed"));
  }

  private static SecretName name(ResultSet row) throws SQLException {
    return new SecretName(row.getString("kind"), row.getString("owner"), row.getString("name"));
  }
}
