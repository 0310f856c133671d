package org.mqttintegration.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.WireName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What signing in reads of accounts, at each request. */
@Component
class AccountTable {

  private final JdbcClient database;

  AccountTable(JdbcClient database) {
    this.database = database;
  }

  /**
   * An account, null when there is none of that name.
   *
   * @param failures whose failures may lock it out
   */
  @Nullable StoredAccount find(String name, String failures) {
    return database
        .sql(
            """
            select a.id, a.name, a.role, a.reads_payloads, a.must_change_password, a.password_hash, a.enabled,
              coalesce((select ceil(extract(epoch from locked_until - now()))::bigint
                from sign_in_failure where key = :failures), 0) as locked
            from account a where a.name = :name
            """)
        .param("name", name)
        .param("failures", failures)
        .query(AccountTable::stored)
        .optional()
        .orElse(null);
  }

  /** An account of that id, null when there is none. */
  @Nullable StoredAccount find(long id) {
    return database
        .sql(
            """
            select id, name, role, reads_payloads, must_change_password, password_hash, enabled, 0 as locked
            from account where id = :id
            """)
        .param("id", id)
        .query(AccountTable::stored)
        .optional()
        .orElse(null);
  }

  private static StoredAccount stored(ResultSet row, int number) throws SQLException {
    Account account =
        new Account(
            row.getLong("id"),
            row.getString("name"),
            role(row.getString("role")),
            row.getBoolean("reads_payloads"),
            row.getBoolean("must_change_password"),
            null);
    return new StoredAccount(
        account, row.getString("password_hash"), row.getBoolean("enabled"), row.getLong("locked"));
  }

  static Role role(String word) {
    Role role = WireName.constant(Role.class, word);
    if (role == null) {
      throw new IllegalStateException("No role is called " + word);
    }
    return role;
  }
}
