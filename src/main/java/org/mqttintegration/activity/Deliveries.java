package org.mqttintegration.activity;

import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Actor;
import org.mqttintegration.resource.WireName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The messages to followers that wait. Times are the database's, so that several nodes agree; who
 * works on a message has leased it, and no other does until that is over.
 */
@Component
class Deliveries {

  private static final Duration LEASE = Duration.ofMinutes(2);

  private final JdbcClient database;
  private final AuditQueries entries;
  private final AuditLog log;
  private final ActivitySettings settings;

  Deliveries(JdbcClient database, AuditQueries entries, AuditLog log, ActivitySettings settings) {
    this.database = database;
    this.entries = entries;
    this.log = log;
    this.settings = settings;
  }

  /** Makes one message of all that waits for a follower, for each who is to be told now. */
  @Transactional
  public void assemble() {
    List<Long> followers =
        database
            .sql(
                """
                select f.id from follower f
                where f.next_digest_at <= now()
                  and exists (select 1 from notification n where n.follower_id = f.id and n.delivery_id is null
                              and n.created_at <= now() - make_interval(secs => ?))
                limit 100 for update of f skip locked
                """)
            .param(seconds(settings.collect()))
            .query(Long.class)
            .list();
    followers.forEach(this::assemble);
  }

  private void assemble(long follower) {
    long delivery =
        database
            .sql(
                """
                insert into delivery (follower_id, expires_at) values (?, now() + make_interval(secs => ?))
                returning id
                """)
            .params(follower, seconds(settings.expiry()))
            .query(Long.class)
            .single();
    database
        .sql(
            "update notification set delivery_id = ? where follower_id = ? and delivery_id is null")
        .params(delivery, follower)
        .update();
    database
        .sql("update follower set next_digest_at = now() + make_interval(secs => ?) where id = ?")
        .params(seconds(settings.digest()), follower)
        .update();
  }

  /** Leases messages that are to be tried now. */
  @Transactional
  public List<Delivery> lease(int limit) {
    return database
        .sql(
            """
            update delivery d set leased_until = now() + make_interval(secs => :lease), attempts = attempts + 1
            from follower f
            where f.id = d.follower_id and d.id in
              (select id from delivery
               where sent_at is null and failed_at is null and next_attempt_at <= now()
                 and (leased_until is null or leased_until < now())
               order by id limit :limit for update skip locked)
            returning d.*, f.type, f.target
            """)
        .param("lease", seconds(LEASE))
        .param("limit", limit)
        .query(
            (row, number) ->
                new Delivery(
                    row.getLong("id"),
                    row.getObject("message_id", java.util.UUID.class),
                    row.getLong("follower_id"),
                    Objects.requireNonNull(
                        WireName.constant(FollowerType.class, row.getString("type"))),
                    row.getString("target"),
                    row.getInt("attempts"),
                    Objects.requireNonNull(Activities.instant(row, "expires_at")),
                    List.of()))
        .list()
        .stream()
        .map(this::withEntries)
        .toList();
  }

  private Delivery withEntries(Delivery delivery) {
    return new Delivery(
        delivery.id(),
        delivery.messageId(),
        delivery.followerId(),
        delivery.type(),
        delivery.target(),
        delivery.attempts(),
        delivery.expiresAt(),
        entries.ofDelivery(delivery.id()));
  }

  /** A message was taken. */
  @Transactional
  public void sent(Delivery delivery) {
    database
        .sql("update delivery set sent_at = now(), leased_until = null where id = ?")
        .param(delivery.id())
        .update();
    database
        .sql("update follower set last_sent_at = now(), last_error = null where id = ?")
        .param(delivery.followerId())
        .update();
  }

  /** A message was not taken; it is tried again until it has expired, and then given up. */
  @Transactional
  public void failed(Delivery delivery, @Nullable String reason) {
    boolean over =
        database
            .sql(
                """
                update delivery set leased_until = null, next_attempt_at = now() + make_interval(secs => :delay),
                                    failed_at = case when now() >= expires_at then now() end
                where id = :id
                returning failed_at is not null
                """)
            .param("id", delivery.id())
            .param("delay", seconds(delay(delivery.attempts())))
            .query(Boolean.class)
            .optional()
            .orElse(false);
    String told = over ? "Given up after %s. %s".formatted(lifetime(), reason) : reason;
    database
        .sql("update follower set last_failed_at = now(), last_error = :reason where id = :id")
        .param("reason", told, Types.VARCHAR)
        .param("id", delivery.followerId())
        .update();
    if (over && !delivery.entries().isEmpty()) {
      tellGivenUp(delivery, reason);
    }
  }

  private Duration delay(int attempts) {
    Duration delay = settings.retryDelay().multipliedBy(1L << Math.min(attempts - 1, 20));
    Duration longest = settings.retryDelayMax();
    return delay.compareTo(longest) < 0 ? delay : longest;
  }

  private String lifetime() {
    return Outages.words(settings.expiry());
  }

  /** In the record's thread, where who answers for the record finds it. */
  private void tellGivenUp(Delivery delivery, @Nullable String reason) {
    List<AuditEntry> untold = delivery.entries();
    AuditEntry last = untold.get(untold.size() - 1);
    String text =
        "%s was not told of %d %s within %s. %s"
            .formatted(
                delivery.target().replaceFirst("[?#].*", ""), // a token may stand there
                untold.size(),
                untold.size() == 1 ? "entry" : "entries",
                lifetime(),
                reason);
    log.appendUntold(
        NewEntry.warning(
            new RecordRef(last.recordKind(), last.recordId(), last.recordName()),
            Actor.SYSTEM,
            "followerNotTold",
            text));
  }

  /** Forgets messages that are long over, and followers of what is gone. */
  @Transactional
  public void tidy() {
    database
        .sql("delete from delivery where coalesce(sent_at, failed_at) < now() - interval '7 days'")
        .update();
    database
        .sql(
            """
            delete from follower f where ended_at < now() - interval '1 day'
              and not exists (select 1 from notification n left join delivery d on d.id = n.delivery_id
                              where n.follower_id = f.id and d.sent_at is null and d.failed_at is null)
            """)
        .update();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }
}
