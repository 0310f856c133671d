package org.mqttintegration.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.mqttintegration.testing.Chromium;

/** How fast pages of a long history come. */
final class PagesPart implements Part {

  static final int LIMIT = 50;

  private static final int DAYS = 30;
  private static final int WARM_UP = 200;
  private static final double AIM_MILLIS = 20;

  /** These draw HTML, which the aim does not speak of. */
  private static final String CONSOLE = "console: ";

  @Override
  public String name() {
    return "pages";
  }

  @Override
  public Section measure(Laboratory laboratory) throws Exception {
    Settings settings = laboratory.settings();
    int rows = settings.number("pages.rows", 10_000_000);
    int repeats = settings.number("pages.repeats", 20);
    int deep = settings.number("pages.deep", 1_000);
    Database database = laboratory.postgres().create("pages");
    try (Application application = Application.start(laboratory, database)) {
      FilledHistory history = new FilledHistory(database, rows, DAYS);
      long begin = System.nanoTime();
      history.fill();
      laboratory.say("pages: filled in %d s", (System.nanoTime() - begin) / 1_000_000_000);
      Map<String, String> queries = queries(history);
      queries.put(
          "page %s, following the cursors".formatted(Figures.count(deep)), at(application, deep));
      for (int i = 0; i < WARM_UP; i++) {
        Page.get(application.api(), "/history?" + queries.values().iterator().next());
      }
      List<Page> pages = new ArrayList<>();
      queries.forEach(
          (name, query) -> {
            IntSupplier ask =
                () -> Page.get(application.api(), "/history?" + query).path("items").size();
            pages.add(Page.measure(laboratory, application, name, ask, repeats));
            laboratory.say("pages: %s", pages.get(pages.size() - 1));
          });
      pages.addAll(inTheConsole(laboratory, application, at(application, deep), repeats));
      long stored = database.count("select count(*) from history");
      String size =
          database.value(
              "select pg_size_pretty(sum(pg_total_relation_size(relid))) from pg_partition_tree('history')");
      return new Section(
          "Pages of the history",
          text(stored, size, repeats, pages),
          List.of(
              aim(
                  stored,
                  indexes(database),
                  pages.stream().filter(page -> !page.name().startsWith(CONSOLE)).toList())));
    }
  }

  /** The same as HTML, with the gaps between them, as somebody sees them who scrolls. */
  private static List<Page> inTheConsole(
      Laboratory laboratory, Application application, String deep, int repeats) {
    List<Page> pages = new ArrayList<>();
    try (Chromium chromium = new Chromium(application.port())) {
      com.microsoft.playwright.Page page =
          chromium.signedIn(application.api(), "administrator", "/console/password");
      page.waitForSelector("#password");
      Map<String, String> paths = new LinkedHashMap<>();
      paths.put(CONSOLE + "first", "/console/history");
      paths.put(CONSOLE + "topic filter", "/console/history?topic=plant/%2B/temp");
      paths.put(CONSOLE + "far down", "/console/history/rows?" + deep);
      paths.forEach(
          (name, path) -> {
            IntSupplier ask = () -> rows(page.request().get(path).text());
            pages.add(Page.measure(laboratory, application, name, ask, repeats));
            laboratory.say("pages: %s", pages.get(pages.size() - 1));
          });
    } finally {
      Chromium.quit();
    }
    return pages;
  }

  private static int rows(String html) {
    return html.split("data-number=", -1).length - 1;
  }

  private static Map<String, String> queries(FilledHistory history) {
    OffsetDateTime noon = history.day(DAYS / 2).plusHours(12);
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("first", query());
    queries.put("of a subscription", query("subscriptionId", "7"));
    queries.put("topic filter `plant/+/temp`", query("topic", "plant/+/temp"));
    queries.put(
        "subscription and topic filter", query("subscriptionId", "7", "topic", "plant/+/temp"));
    queries.put("one topic", query("topic", "plant/line7/temp"));
    queries.put("`contains`, in one hour 15 days ago", contains(noon, noon.plusHours(1)));
    queries.put("`contains`, in one day 15 days ago", contains(noon, noon.plusDays(1)));
    queries.put(
        "`contains` what no payload has, in one day",
        query(
            "contains",
            "nowhere",
            "from",
            noon.toInstant().toString(),
            "to",
            noon.plusDays(1).toInstant().toString()));
    queries.put("a topic that has ten messages", query("topic", FilledHistory.RARE_TOPIC));
    return queries;
  }

  static String contains(OffsetDateTime from, OffsetDateTime to) {
    return query(
        "contains",
        "\"B123\"",
        "from",
        from.toInstant().toString(),
        "to",
        to.toInstant().toString());
  }

  static String query(String... parameters) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      all.put(parameters[i], parameters[i + 1]);
    }
    all.put("limit", Integer.toString(LIMIT));
    return all.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** Follows the cursors to a page, and tells the query for it. */
  static String at(Application application, int number) {
    String query = query();
    for (int page = 1; page < number; page++) {
      JsonNode cursor = Page.get(application.api(), "/history?" + query).path("nextCursor");
      if (!cursor.isTextual()) {
        throw new IllegalStateException("The history has %d pages only".formatted(page));
      }
      query = query("cursor", cursor.asText());
    }
    return query;
  }

  private static String text(long rows, String size, int repeats, List<Page> pages) {
    double first = pages.get(0).millis();
    Table table =
        new Table(
            "Page",
            "rows in it",
            "median ms",
            "longest ms",
            "above the first",
            "CPU ms, own",
            "PostgreSQL");
    pages.forEach(
        page ->
            table.row(
                page.name(),
                page.rows(),
                page.millis(),
                page.longest(),
                page.millis() - first,
                page.ownCpu(),
                page.databaseCpu()));
    return """
    %s rows over %d days in daily partitions (%s with indexes), %d subscriptions, 200 topics, payloads of %d bytes; pages of %d
    over REST, one caller, each asked %d times after once (a page that takes long less often, for 30 s), by a warm
    application.

    %s"""
        .formatted(
            Figures.count(rows),
            DAYS,
            size,
            FilledHistory.SUBSCRIPTIONS,
            Payloads.SIZE,
            LIMIT,
            repeats,
            table);
  }

  private static Aim aim(long rows, String indexes, List<Page> pages) {
    double first = pages.get(0).millis();
    List<Page> slow = pages.stream().filter(page -> page.millis() - first > AIM_MILLIS).toList();
    double worst = pages.stream().mapToDouble(Page::millis).max().orElse(Double.NaN);
    return Aim.of(
        "any history page of %s rows within 20 ms of the first one".formatted(Figures.count(rows)),
        "%s ms at most".formatted(Figures.number(worst - first)),
        slow.isEmpty(),
        slow.stream().map(PagesPart::slow).collect(Collectors.joining("; "))
            + ". The indexes are on "
            + indexes
            + "; what none of them finds, PostgreSQL reads row by row.");
  }

  private static String slow(Page page) {
    return "%s takes %s ms, %s ms of it PostgreSQL's CPU"
        .formatted(page.name(), Figures.number(page.millis()), Figures.number(page.databaseCpu()));
  }

  /** The columns of the history's indexes. */
  private static String indexes(Database database) throws SQLException {
    return database.value(
        """
        select string_agg('`' || substring(indexdef from '\\(.*') || '`', ', ' order by indexdef)
        from pg_indexes where tablename = 'history'
        """);
  }
}
