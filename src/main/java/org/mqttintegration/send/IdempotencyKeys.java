package org.mqttintegration.send;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.SqlState;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which requests were accepted under which {@code Idempotency-Key}, so that a client that repeats
 * one, as it had no answer, sends once.
 */
@Component
class IdempotencyKeys {

  private final JdbcClient database;
  private final SendSettings settings;

  IdempotencyKeys(JdbcClient database, SendSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  /**
   * Takes a key for what is accepted, in the transaction that stores it. Waits shortly for another
   * request that is taking the same.
   *
   * @param acceptedId of the send or batch
   * @return what the key was taken for before, null when it is new
   * @throws ProblemException when it was taken for another request, or is being taken
   */
  @Nullable Long claim(IdempotencyKey key, long acceptedId) {
    try {
      return take(key, acceptedId) ? null : earlier(key);
    } catch (DataAccessException e) {
      if (SqlState.LOCK_NOT_AVAILABLE.equals(SqlState.of(e))) {
        throw new ProblemException(
            ProblemType.CONFLICT, "A request with this Idempotency-Key is still running.");
      }
      throw e;
    }
  }

  private boolean take(IdempotencyKey key, long acceptedId) {
    // else a request would wait for another as long as that takes
    database.sql("set local lock_timeout = '2s'").update();
    Instant now = Instant.now();
    return database
            .sql(
                """
                insert into idempotency_key as k (caller, key, request_hash, accepted_id, created_at)
                values (:caller, :key, :hash, :accepted, :now)
                on conflict (caller, key) do update
                  set request_hash = excluded.request_hash, accepted_id = excluded.accepted_id,
                      created_at = excluded.created_at
                  where k.created_at < :oldest
                """)
            .param("caller", key.caller())
            .param("key", key.key())
            .param("hash", key.requestHash())
            .param("accepted", acceptedId)
            .param("now", SendStore.utc(now))
            .param("oldest", SendStore.utc(now.minus(settings.idempotencyKeep())))
            .update()
        > 0;
  }

  private Long earlier(IdempotencyKey key) {
    return database
        .sql("select request_hash, accepted_id from idempotency_key where caller = ? and key = ?")
        .param(key.caller())
        .param(key.key())
        .query(
            (row, number) -> {
              if (!Arrays.equals(row.getBytes("request_hash"), key.requestHash())) {
                throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key came with another request; take a new one.");
              }
              return row.getLong("accepted_id");
            })
        .single();
  }

  /** Forgets keys that are too old; how many, at most so many. */
  int deleteOld(Instant before, int limit) {
    return database
        .sql(
            """
            delete from idempotency_key where (caller, key) in
              (select caller, key from idempotency_key where created_at < :before limit :limit)
            """)
        .param("before", SendStore.utc(before))
        .param("limit", limit)
        .update();
  }
}
