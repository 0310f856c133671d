package org.mqttintegration.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.WireName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tokens of accounts, by their hashes. */
@Component
class TokenTable {

  private static final String MARK = "mqi_";
  private static final int RANDOM_BYTES = 32;
  private static final int VISIBLE = MARK.length() + 6;

  private final SecureRandom random = new SecureRandom();
  private final JdbcClient database;

  TokenTable(JdbcClient database) {
    this.database = database;
  }

  /**
   * A new token and its text, which is not stored.
   *
   * @param token what is stored of it
   * @param text the token itself
   */
  record Made(Token token, String text) {

    /** Without the text. */
    @Override
    public String toString() {
      return "Made[token=%s]".formatted(token);
    }
  }

  /** Whether a text looks like one of these tokens; others are an issuer's. */
  static boolean isOurs(String text) {
    return text.startsWith(MARK);
  }

  /** Makes a token. */
  Made add(long account, String name, Role role, boolean readsPayloads, Instant expiresAt) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String text = MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Token token =
        database
            .sql(
                """
                insert into api_token
                  (account_id, name, hash, prefix, role, reads_payloads, created_at, expires_at)
                values (:account, :name, :hash, :prefix, :role, :payloads, now(), :expires)
                returning *
                """)
            .param("account", account)
            .param("name", name)
            .param("hash", hash(text))
            .param("prefix", text.substring(0, VISIBLE))
            .param("role", WireName.of(role))
            .param("payloads", readsPayloads)
            .param("expires", Timestamp.from(expiresAt))
            .query(TokenTable::token)
            .single();
    return new Made(token, text);
  }

  List<Token> list(long account) {
    return database
        .sql("select * from api_token where account_id = :account order by id")
        .param("account", account)
        .query(TokenTable::token)
        .list();
  }

  /** Ends a token at once; false when the account has none of that id. */
  boolean remove(long account, long id) {
    return database
            .sql("delete from api_token where id = :id and account_id = :account")
            .param("id", id)
            .param("account", account)
            .update()
        > 0;
  }

  /** The account that a token stands for now, null when it stands for none. */
  @Nullable Account use(String text) {
    return database
        .sql(
            """
            with used as (
              update api_token set last_used_at = now()
              where hash = :hash and (last_used_at is null or last_used_at < now() - interval '1 minute')
            )
            select a.id, a.name, a.role, a.reads_payloads and t.reads_payloads as reads_payloads,
              a.must_change_password, t.id as token_id, t.role as token_role
            from api_token t join account a on a.id = t.account_id
            where t.hash = :hash and t.expires_at > now() and a.enabled
            """)
        .param("hash", hash(text))
        .query(TokenTable::account)
        .optional()
        .orElse(null);
  }

  private static Account account(ResultSet row, int number) throws SQLException {
    return new Account(
        row.getLong("id"),
        row.getString("name"),
        Role.lesser(
            AccountTable.role(row.getString("role")),
            AccountTable.role(row.getString("token_role"))),
        row.getBoolean("reads_payloads"),
        row.getBoolean("must_change_password"),
        row.getLong("token_id"));
  }

  private static Token token(ResultSet row, int number) throws SQLException {
    Timestamp used = row.getTimestamp("last_used_at");
    return new Token(
        row.getLong("id"),
        row.getString("name"),
        row.getString("prefix"),
        AccountTable.role(row.getString("role")),
        row.getBoolean("reads_payloads"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        used == null ? null : used.toInstant());
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
