package org.mqttintegration.access;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sign-ins that failed, in the database: a lock holds over a restart, and on all nodes. A sign-in
 * counts as failed before it is checked, so that many at once are counted too, and is taken back
 * when it was right. While locked nothing is counted, so that a lock ends.
 */
@Component
class SignInFailures {

  private final JdbcClient database;

  SignInFailures(JdbcClient database) {
    this.database = database;
  }

  /**
   * What is counted together.
   *
   * @param key whose failures
   * @param free how many have no consequence
   * @param longest the longest lock; the first is a second, each further one twice as long
   */
  record Counter(String key, int free, Duration longest) {

    /** An account from an address: where somebody guesses a password, or types it wrongly. */
    static Counter ofBoth(String name, String address) {
      return new Counter(both(name, address), 5, Duration.ofMinutes(15));
    }

    /** An account from wherever: where many machines guess. */
    static Counter ofAccount(String name) {
      return new Counter("account " + name, 30, Duration.ofMinutes(1));
    }

    /** An address, whatever the account: where many names are tried. */
    static Counter ofAddress(String address) {
      return new Counter("address " + address, 20, Duration.ofMinutes(15));
    }

    static String both(String name, String address) {
      return "both " + name + " " + address;
    }
  }

  /**
   * Counts a failure.
   *
   * @throws LockedOutException when nothing may be checked now
   */
  void count(Counter counter) {
    boolean counted =
        !database
            .sql(
                """
                insert into sign_in_failure as f (key, failures, locked_until, failed_at)
                values (:key, 1, now(), now())
                on conflict (key) do update set
                  failures = case when f.failed_at < now() - interval '1 day' then 1 else f.failures + 1 end,
                  locked_until = now() + case
                    when f.failed_at < now() - interval '1 day' or f.failures + 1 < :free then interval '0'
                    else least(:longest, power(2, least(f.failures + 1 - :free, 20))) * interval '1 second' end,
                  failed_at = now()
                where f.locked_until <= now()
                returning failures
                """)
            .param("key", counter.key())
            .param("free", counter.free())
            .param("longest", counter.longest().toSeconds())
            .query(Integer.class)
            .list()
            .isEmpty();
    if (!counted) {
      throw new LockedOutException(Duration.ofSeconds(Math.max(1, remaining(counter.key()))));
    }
  }

  private long remaining(String key) {
    return database
        .sql(
            """
            select ceil(extract(epoch from locked_until - now()))::bigint
            from sign_in_failure where key = :key
            """)
        .param("key", key)
        .query(Long.class)
        .optional()
        .orElse(1L);
  }

  /** Takes a counted failure back, and its lock; the failures before it stay. */
  void takeBack(Counter counter) {
    database
        .sql(
            """
            update sign_in_failure set failures = greatest(failures - 1, 0), locked_until = now()
            where key = :key
            """)
        .param("key", counter.key())
        .update();
  }

  /** Forgets all failures of what is counted together. */
  void forget(Counter counter) {
    database
        .sql("delete from sign_in_failure where key = :key")
        .param("key", counter.key())
        .update();
  }

  /** Forgets the failures of an account, from wherever. */
  void forgetAccount(String name) {
    database
        .sql("delete from sign_in_failure where key = :account or starts_with(key, :both)")
        .param("account", Counter.ofAccount(name).key())
        .param("both", Counter.both(name, ""))
        .update();
  }

  /** Whether an account signed in from there within a month. */
  boolean isKnown(@Nullable Long account, String address) {
    return account != null
        && database
            .sql(
                """
                select exists (select from known_address where account_id = :account
                  and address = :address and seen_at > now() - interval '30 days')
                """)
            .param("account", account)
            .param("address", address)
            .query(Boolean.class)
            .single();
  }

  /** Notes that an account signed in from there. */
  void know(long account, String address) {
    database
        .sql(
            """
            insert into known_address (account_id, address, seen_at) values (:account, :address, now())
            on conflict (account_id, address) do update set seen_at = now()
            """)
        .param("account", account)
        .param("address", address)
        .update();
  }

  @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
  void forgetOld() {
    List.of(
            "delete from sign_in_failure where failed_at < now() - interval '1 day'",
            "delete from known_address where seen_at < now() - interval '30 days'")
        .forEach(sql -> database.sql(sql).update());
  }
}
