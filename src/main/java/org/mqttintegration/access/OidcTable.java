package org.mqttintegration.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.WireName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The accounts of an issuer's users. */
@Component
class OidcTable {

  private final JdbcClient database;

  OidcTable(JdbcClient database) {
    this.database = database;
  }

  /**
   * An account as it is stored.
   *
   * @param id its id
   * @param name its login name
   * @param fields what may change of it
   * @param claimsAt when the claims were issued that it follows
   */
  record Row(long id, String name, UserChange fields, Instant claimsAt) {

    boolean enabled() {
      return !Boolean.FALSE.equals(fields.enabled());
    }

    Role role() {
      return fields.role() == null ? Role.VIEWER : fields.role();
    }

    boolean readsPayloads() {
      return Boolean.TRUE.equals(fields.readsPayloads());
    }
  }

  @Nullable Row find(OidcIdentity identity) {
    return find(identity, "");
  }

  /** Until the transaction ends nobody else changes it. */
  @Nullable Row findLocked(OidcIdentity identity) {
    return find(identity, " for update");
  }

  private @Nullable Row find(OidcIdentity identity, String lock) {
    return database
        .sql("select * from account where issuer = :issuer and subject = :subject" + lock)
        .param("issuer", identity.issuer())
        .param("subject", identity.subject())
        .query(OidcTable::row)
        .optional()
        .orElse(null);
  }

  /** Makes the account; false when another request did so just now. */
  boolean add(OidcIdentity identity) {
    return database
            .sql(
                """
                insert into account (name, display_name, mail, role, reads_payloads, enabled, must_change_password,
                  issuer, subject, claims_at, created_at, updated_at, version)
                values (:name, :displayName, :mail, :role, :payloads, true, false, :issuer, :subject, :at, now(), now(), 0)
                on conflict (issuer, subject) do nothing
                """)
            .param("name", identity.name())
            .param("displayName", identity.displayName())
            .param("mail", identity.mail())
            .param("role", WireName.of(identity.role()))
            .param("payloads", identity.readsPayloads())
            .param("issuer", identity.issuer())
            .param("subject", identity.subject())
            .param("at", Timestamp.from(identity.issuedAt()))
            .update()
        > 0;
  }

  /** Brings the account in line with the claims. */
  void change(long id, UserChange fields, Instant claimsAt) {
    database
        .sql(
            """
            update account set display_name = :displayName, mail = :mail, role = :role, reads_payloads = :payloads,
              claims_at = :at, updated_at = now(), version = version + 1
            where id = :id
            """)
        .param("displayName", fields.displayName())
        .param("mail", fields.mail())
        .param("role", WireName.of(fields.role() == null ? Role.VIEWER : fields.role()))
        .param("payloads", Boolean.TRUE.equals(fields.readsPayloads()))
        .param("at", Timestamp.from(claimsAt))
        .param("id", id)
        .update();
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(
        row.getLong("id"),
        row.getString("name"),
        new UserChange(
            row.getString("display_name"),
            row.getString("mail"),
            AccountTable.role(row.getString("role")),
            row.getBoolean("reads_payloads"),
            row.getBoolean("enabled")),
        row.getTimestamp("claims_at").toInstant());
  }
}
