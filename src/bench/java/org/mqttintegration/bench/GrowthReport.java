package org.mqttintegration.bench;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a growing history came to, in words and tables.
 *
 * @param histories the small one and the large one
 * @param sizes of both, with indexes
 * @param repeats how many times a page was asked for, at most
 */
record GrowthReport(
    List<GrownHistory> histories,
    String sizes,
    int repeats,
    List<List<ComparedStart>> starts,
    ComparedPages pages,
    List<ComparedRetention> retentions) {

  static final int REMOVED_DAYS = 10;

  private static final double START_AS_FAST = 1.1;

  String text() {
    GrownHistory small = histories.get(0);
    GrownHistory large = histories.get(1);
    String fewer = Figures.count(small.rows());
    String more = Figures.count(large.rows());
    return """
    Two databases in the one PostgreSQL have %s and %s rows (%s with indexes) over the same %d days, so %s and %s a
    day, in daily partitions: %d subscriptions, 200 topics, payloads of %d bytes, %d messages of each commit. A
    program made them, below the application; what is known of them (statistics, visibility) is what autovacuum leaves behind.

    ### Pages

    Two warm applications, one over each, are asked for the same pages in turn by one caller; medians of %d asks
    after three. "First" is the first time that the page was asked for: of the large history not all is in memory. PostgreSQL's
    CPU is the mean. What a page has at most is limited (50 messages, a count to 10,000), so only its place in the history
    and its filters differ. What reads messages one by one (`contains`, which no index helps, and a series) reads as many of
    both histories: the large one had them in a hundredth of the time.

    %s
    ### Times

    The same times of both: in each of them the large history has a hundred times the messages. A series reads 50,000 of
    them at most, some of each part of the time.

    %s
    ### Start

    From the start of the process until it is ready, in turn, medians of %d after one; CPU seconds until then.

    %s
    ### Retention

    The application's own, started with a retention that ends ten minutes behind midnight of the day %d: whole days are dropped, and ten
    minutes of messages are removed row by row, as in each of its runs. Milliseconds by PostgreSQL's log of its statements.

    %s"""
        .formatted(
            fewer,
            more,
            sizes,
            small.filled().days(),
            Figures.count(small.filled().first(1)),
            Figures.count(large.filled().first(1)),
            FilledHistory.SUBSCRIPTIONS,
            Payloads.SIZE,
            FilledHistory.COMMIT,
            repeats,
            pageTable(pages.alike(), fewer, more),
            pageTable(pages.ofTimes(), fewer, more),
            starts.get(0).size(),
            startTable(),
            REMOVED_DAYS,
            retentionTable());
  }

  private static Table pageTable(List<ComparedPage> pages, String fewer, String more) {
    Table table =
        new Table(
            "Page",
            "messages in it, of " + fewer,
            "of " + more,
            "ms, of " + fewer,
            "of " + more,
            "ratio",
            "fastest ms, of " + fewer,
            "of " + more,
            "PostgreSQL CPU ms, of " + fewer,
            "of " + more,
            "first ms, of " + fewer,
            "of " + more);
    pages.forEach(page -> page.addTo(table));
    return table;
  }

  private Table startTable() {
    Table table = new Table("Rows", "ready s", "CPU-s, own", "PostgreSQL");
    for (int of = 0; of < histories.size(); of++) {
      table.row(
          Figures.count(histories.get(of).rows()),
          Figures.median(starts.get(of), ComparedStart::readySeconds),
          Figures.median(starts.get(of), ComparedStart::ownCpu),
          Figures.median(starts.get(of), ComparedStart::databaseCpu));
    }
    return table;
  }

  private Table retentionTable() {
    Table table =
        new Table(
            "Rows",
            "days dropped",
            "ms",
            "rows removed",
            "ms",
            "ms for commits",
            "PostgreSQL CPU-s");
    for (int of = 0; of < histories.size(); of++) {
      retentions.get(of).addTo(table, histories.get(of).rows());
    }
    return table;
  }

  List<Aim> aims() {
    return List.of(pageAim(), startAim(), retentionAim());
  }

  private String times() {
    return Figures.count(histories.get(1).rows()) + " rows";
  }

  private Aim pageAim() {
    List<ComparedPage> all = pages.alike();
    List<ComparedPage> slow = all.stream().filter(page -> !page.isAsFast()).toList();
    return Aim.of(
        "every page of %s as fast as of a hundredth: within %s times or %s ms"
            .formatted(
                times(),
                Figures.number(ComparedPage.AS_FAST),
                Figures.number(ComparedPage.AS_FAST_MILLIS)),
        "%d of %d are".formatted(all.size() - slow.size(), all.size()),
        slow.isEmpty(),
        slow.stream().map(GrowthReport::slow).collect(Collectors.joining("; "))
            + ". Where PostgreSQL's CPU is the same, it was the machine.");
  }

  private static String slow(ComparedPage page) {
    return "%s takes %s ms instead of %s, %s ms of it PostgreSQL's CPU"
        .formatted(
            page.name(),
            Figures.number(page.large().millis()),
            Figures.number(page.small().millis()),
            Figures.number(page.large().databaseCpu()));
  }

  private Aim startAim() {
    double ratio =
        Figures.median(starts.get(1), ComparedStart::readySeconds)
            / Figures.median(starts.get(0), ComparedStart::readySeconds);
    return Aim.of(
        "a start over %s as fast: within %s times"
            .formatted(times(), Figures.number(START_AS_FAST)),
        Figures.number(ratio) + " times",
        ratio <= START_AS_FAST,
        "See the table.");
  }

  private Aim retentionAim() {
    double small = retentions.get(0).dropMillis();
    double large = retentions.get(1).dropMillis();
    return Aim.of(
        "days of %s dropped as fast: within %s times or %s ms for each of them"
            .formatted(
                times(),
                Figures.number(ComparedPage.AS_FAST),
                Figures.number(ComparedPage.AS_FAST_MILLIS)),
        "%s ms instead of %s for %d days"
            .formatted(Figures.number(large), Figures.number(small), REMOVED_DAYS),
        large <= small * ComparedPage.AS_FAST
            || large - small <= ComparedPage.AS_FAST_MILLIS * REMOVED_DAYS,
        "PostgreSQL removes the files of what was dropped, and these are larger.");
  }
}
