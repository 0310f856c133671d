package org.mqttintegration.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** One of the histories that are compared, and the addresses of pages of it. */
final class GrownHistory {

  private static final long BROKER = 1;
  private static final String TOPIC = "plant/line7/temp";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Database database;
  private final int rows;
  private final FilledHistory filled;

  private GrownHistory(Database database, int rows, FilledHistory filled) {
    this.database = database;
    this.rows = rows;
    this.filled = filled;
  }

  /** Has the application make its tables and some records, and fills the history. */
  static GrownHistory make(Laboratory laboratory, String name, int rows, int days)
      throws Exception {
    Database database = laboratory.postgres().create(name);
    try (Application application = Application.start(laboratory, database)) {
      long broker = application.createBroker(laboratory.broker());
      if (broker != BROKER) {
        throw new IllegalStateException("The first broker has the id " + broker);
      }
      for (int line = 0; line < FilledHistory.SUBSCRIPTIONS; line++) {
        application
            .api()
            .create("/subscriptions", Map.of("brokerId", broker, "topic", "plant/line" + line));
      }
    }
    FilledHistory filled = new FilledHistory(database, rows, days);
    long begin = System.nanoTime();
    filled.fill();
    laboratory.say("growth: %d rows in %d s", rows, (System.nanoTime() - begin) / 1_000_000_000);
    return new GrownHistory(database, rows, filled);
  }

  Database database() {
    return database;
  }

  int rows() {
    return rows;
  }

  FilledHistory filled() {
    return filled;
  }

  /** With indexes, as people read it. */
  String size() throws SQLException {
    return database.value(
        "select pg_size_pretty(sum(pg_total_relation_size(relid))) from pg_partition_tree('history')");
  }

  /**
   * What is asked for, by what it is; those of the console begin with {@code /console}. However
   * long the history is, about as many messages are read.
   */
  Map<String, String> pages(Application application) {
    OffsetDateTime noon = noon();
    long message = filled.first(filled.days() / 2) + filled.first(1) / 2;
    String behind = behind(application, noon);
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("first", history());
    pages.put("of a subscription", history("subscriptionId", "7"));
    pages.put("topic filter `plant/+/temp`", history("topic", "plant/+/temp"));
    pages.put(
        "subscription and topic filter", history("subscriptionId", "7", "topic", "plant/+/temp"));
    pages.put("one topic", history("topic", TOPIC));
    pages.put("a topic that has ten messages in all", history("topic", FilledHistory.RARE_TOPIC));
    pages.put("half way back, by its cursor", behind);
    pages.put("half way back, one topic in one hour", between(noon, HOUR, "topic", TOPIC));
    pages.put(
        "`contains`, in 10,000 messages half way back",
        between(noon, timeOf(10_000), "contains", "\"B123\""));
    pages.put(
        "`contains` what none has, in 10,000 messages",
        between(noon, timeOf(10_000), "contains", "nowhere"));
    pages.put(
        "`contains` what none has, in 1,000,000 messages",
        between(lastOf(1_000_000), timeOf(1_000_000), "contains", "nowhere"));
    pages.put("count of all", "/history/count");
    pages.put("count of a subscription", "/history/count?subscriptionId=7");
    pages.put("one message, half way back", "/history/" + message);
    pages.put("its way", "/history/" + message + "/journey");
    pages.put("topics of a level", "/brokers/" + BROKER + "/topics?under=plant/");
    pages.put("series of a topic, in 10,000 messages", series(noon, timeOf(10_000)));
    pages.put(
        "series of a topic, in 1,000,000 messages", series(lastOf(1_000_000), timeOf(1_000_000)));
    pages.put("console: overview", "/console/");
    pages.put("console: history", "/console/history");
    pages.put("console: history, topic filter", "/console/history?topic=plant/%2B/temp");
    pages.put(
        "console: history, half way back", behind.replace("/history?", "/console/history/rows?"));
    pages.put("console: one message", "/console/history/" + message);
    pages.put("console: its way", "/console/history/" + message + "/journey");
    pages.put("console: explore", "/console/explore?brokerId=" + BROKER);
    pages.put(
        "console: explore, a topic open",
        "/console/explore?brokerId=%d&topic=%s".formatted(BROKER, TOPIC));
    return pages;
  }

  /** What reads as many messages as there were in a time: of a longer history, more of them. */
  Map<String, String> pagesOfTimes() {
    OffsetDateTime noon = noon();
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("`contains`, in one hour half way back", between(noon, HOUR, "contains", "\"B123\""));
    pages.put("`contains` what none has, in one hour", between(noon, HOUR, "contains", "nowhere"));
    pages.put("`contains` what none has, in one day", between(noon, DAY, "contains", "nowhere"));
    pages.put("count of a topic, to 10,000", "/history/count?topic=" + TOPIC);
    pages.put("series of a topic, one hour", series(noon, HOUR));
    pages.put(
        "series of a topic, all days", series(filled.day(0), DAY.multipliedBy(filled.days())));
    return pages;
  }

  private OffsetDateTime noon() {
    return filled.day(filled.days() / 2).plusHours(12);
  }

  /** In how much time so many messages came. */
  private Duration timeOf(int messages) {
    return DAY.multipliedBy(filled.days()).multipliedBy(messages).dividedBy(rows);
  }

  /** Since when so many messages came. */
  private OffsetDateTime lastOf(int messages) {
    return filled.day(filled.days()).minus(timeOf(messages));
  }

  private static String history(String... parameters) {
    return "/history?" + PagesPart.query(parameters);
  }

  private static String between(OffsetDateTime from, Duration time, String name, String value) {
    return history(name, value, "from", instant(from), "to", instant(from.plus(time)));
  }

  private static String behind(Application application, OffsetDateTime moment) {
    String cursor =
        Page.get(application.api(), history("to", instant(moment))).path("nextCursor").asText();
    return history("cursor", cursor);
  }

  private static String series(OffsetDateTime from, Duration time) {
    return "/history/series?brokerId=%d&topic=%s&field=/value&from=%s&to=%s"
        .formatted(BROKER, TOPIC, instant(from), instant(from.plus(time)));
  }

  private static String instant(OffsetDateTime time) {
    return time.toInstant().toString();
  }
}
