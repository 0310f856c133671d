package org.mqttintegration.activity;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The outages of brokers, and the activity of each that lasts. */
@Component
class Outages {

  private final JdbcClient database;
  private final KnownRecords records;
  private final Responsibles responsibles;
  private final Activities activities;

  Outages(
      JdbcClient database, KnownRecords records, Responsibles responsibles, Activities activities) {
    this.database = database;
    this.records = records;
    this.responsibles = responsibles;
    this.activities = activities;
  }

  /**
   * An outage.
   *
   * @param activityId the activity that it opened, null when it has not lasted long enough
   */
  record Outage(long brokerId, Instant since, String reason, @Nullable Long activityId) {}

  Map<Long, Outage> all() {
    return database
        .sql("select * from outage")
        .query(
            (row, number) ->
                new Outage(
                    row.getLong("broker_id"),
                    row.getObject("since", OffsetDateTime.class).toInstant(),
                    row.getString("reason"),
                    row.getObject("activity_id", Long.class)))
        .list()
        .stream()
        .collect(Collectors.toMap(Outage::brokerId, Function.identity()));
  }

  /** A broker's connection is away; nothing happens when that is known. */
  void begin(long broker, Instant since, String reason) {
    if (record(broker).isPresent()) {
      database
          .sql(
              "insert into outage (broker_id, since, reason) values (?, ?, ?) on conflict do nothing")
          .params(broker, since.atOffset(ZoneOffset.UTC), reason.replace("\0", ""))
          .update();
    }
  }

  /** It has lasted long enough for somebody to look at it; one activity for all that look. */
  @Transactional
  public void open(long broker) {
    Outage outage = locked(broker);
    if (outage == null || outage.activityId() != null) {
      return;
    }
    Optional<RecordRef> record = record(broker);
    if (record.isEmpty()) {
      forget(broker);
      return;
    }
    long activity =
        activities.open(
            record.get(),
            ActivityType.OUTAGE,
            "No connection to %s since %s"
                .formatted(record.get().name(), outage.since().truncatedTo(ChronoUnit.SECONDS)),
            outage.reason(),
            responsibles.of(record.get()).orElse(null));
    database
        .sql("update outage set activity_id = ? where broker_id = ?")
        .params(activity, broker)
        .update();
  }

  /** The connection is there again. */
  @Transactional
  public void end(long broker, Instant at) {
    Outage outage = locked(broker);
    if (outage == null) {
      return;
    }
    forget(broker);
    if (outage.activityId() != null) {
      activities.closeAutomatically(
          outage.activityId(),
          Actor.SYSTEM,
          "Connected again after %s.".formatted(words(Duration.between(outage.since(), at))));
    }
  }

  private @Nullable Outage locked(long broker) {
    database
        .sql("select 1 from outage where broker_id = ? for update")
        .param(broker)
        .query(Integer.class)
        .optional();
    return all().get(broker);
  }

  private void forget(long broker) {
    database.sql("delete from outage where broker_id = ?").param(broker).update();
  }

  private Optional<RecordRef> record(long broker) {
    return records.find(RecordKind.BROKER, Long.toString(broker));
  }

  static String words(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 60
        ? "%d s".formatted(seconds)
        : seconds < 3_600
            ? "%d min %d s".formatted(seconds / 60, seconds % 60)
            : "%d h %d min".formatted(seconds / 3_600, seconds % 3_600 / 60);
  }
}
