package org.mqttintegration.history;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes messages that are old enough, and the gaps among them: whole days by dropping their
 * partitions where nothing in them is to be kept longer, the rest row by row. What will be removed
 * is noted before: a history that is asked for further back is not complete.
 */
@Component
class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /** Stands in {@code history_removed} for all that have no retention of their own. */
  private static final long ALL_OTHERS = 0;

  /** Rows of one transaction: few enough that nobody waits for it. */
  private static final int BATCH = 5_000;

  private final JdbcClient database;
  private final @Nullable Duration overall;
  private final OwnRetention own;

  Retention(JdbcClient database, HistorySettings settings, OwnRetention own) {
    this.database = database;
    this.overall = settings.retention();
    this.own = own;
  }

  /** A failure is logged, and the next run takes up where this one ended. */
  @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
  void removeOld() {
    try {
      removeOld(Instant.now());
    } catch (RuntimeException e) {
      LOG.warn("history_retention=failed reason=\"{}\"", WriteFailure.summary(e));
    }
  }

  void removeOld(Instant now) {
    Map<Long, Duration> durations = own.durations();
    durations.forEach((subscription, kept) -> removeOf(subscription, now.minus(kept)));
    if (overall != null) {
      removeOthers(durations, overall, now);
    }
  }

  private void removeOf(long subscription, Instant end) {
    note(subscription, end);
    remove("subscription_id = any(:ids)", List.of(subscription), end);
  }

  private void removeOthers(Map<Long, Duration> durations, Duration kept, Instant now) {
    Instant end = now.minus(kept);
    note(ALL_OTHERS, end);
    // one that had a retention of its own once
    database
        .sql(
            """
            update history_removed set until = greatest(until, :until)
            where subscription_id <> all(:own)
            """)
        .param("until", Timestamp.from(end))
        .param("own", array(durations.keySet()))
        .update();
    Duration longest =
        durations.values().stream().reduce(kept, (a, b) -> a.compareTo(b) < 0 ? b : a);
    dropPartitions(now.minus(longest));
    forgetCommits(now.minus(longest));
    remove("coalesce(subscription_id, 0) <> all(:ids)", durations.keySet(), end);
  }

  /** The first note of a subscription knows what went with all others before. */
  private void note(long subscription, Instant end) {
    database
        .sql(
            """
            insert into history_removed as removed (subscription_id, until)
            values (:id, greatest(:until, (select until from history_removed
                                           where subscription_id = 0)))
            on conflict (subscription_id) do update set until = greatest(removed.until, :until)
            """)
        .param("id", subscription)
        .param("until", Timestamp.from(end))
        .update();
  }

  private void dropPartitions(Instant end) {
    int dropped =
        database
            .sql("select history_drop_partitions(:end)")
            .param("end", Timestamp.from(end))
            .query(Integer.class)
            .single();
    if (dropped > 0) {
      LOG.info("history_retention=dropped partitions={}", dropped);
    }
  }

  /** Nothing of them is there any more. */
  private void forgetCommits(Instant end) {
    database
        .sql("delete from history_commit where last_timestamp < :end")
        .param("end", Timestamp.from(end))
        .update();
  }

  private void remove(String whose, Collection<Long> ids, Instant end) {
    int removed;
    do {
      removed =
          database
              .sql(
                  """
                  delete from history where "timestamp" < :end and ("timestamp", id) in (
                    select "timestamp", id from history where "timestamp" < :end and %s
                    order by "timestamp", id limit :batch)
                  """
                      .formatted(whose))
              .param("end", Timestamp.from(end))
              .param("ids", array(ids))
              .param("batch", BATCH)
              .update();
    } while (removed == BATCH);
    database
        .sql("delete from gap where ends < :end and " + whose)
        .param("end", Timestamp.from(end))
        .param("ids", array(ids))
        .update();
  }

  /**
   * Whether nothing that a query asks for was removed. One that does not say how far back it asks
   * means what is kept.
   */
  boolean isKept(@Nullable Long subscription, @Nullable Instant from) {
    return from == null
        || !database
            .sql(
                """
                select exists (
                  select from history_removed where until > :from
                    and (cast(:id as bigint) is null
                         or subscription_id = coalesce((select subscription_id from history_removed
                                                        where subscription_id = :id), 0)))
                """)
            .param("from", Timestamp.from(from))
            .param("id", subscription)
            .query(Boolean.class)
            .single();
  }

  private static Long[] array(Collection<Long> ids) {
    return ids.toArray(Long[]::new);
  }
}
