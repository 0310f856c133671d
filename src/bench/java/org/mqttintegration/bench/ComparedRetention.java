package org.mqttintegration.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of the application's own retention, ten minutes of rows behind the end of a day: what
 * PostgreSQL took for it by its own log.
 *
 * @param partitions how many days went
 * @param dropMillis what the days took that went as a whole
 * @param rows how many rows of the day that began went one by one
 * @param rowMillis what these took
 * @param commitMillis what it took to forget the commits of these messages
 * @param databaseCpu PostgreSQL's CPU seconds, above what it uses while nothing happens
 */
record ComparedRetention(
    long partitions,
    double dropMillis,
    long rows,
    double rowMillis,
    double commitMillis,
    double databaseCpu) {

  /** The application looks a minute after its start, and every ten minutes. */
  private static final Duration FIRST_RUN = Duration.ofSeconds(65);

  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int IDLE_SECONDS = 40;
  private static final Pattern TOOK =
      Pattern.compile("duration: ([0-9.]+) ms {2}execute [^:]+: (.*)");

  /** Has the days before that one removed. */
  static ComparedRetention measure(Laboratory laboratory, GrownHistory history, int day)
      throws Exception {
    Database database = history.database();
    long partitions = partitions(database);
    long rows = rows(database, history.filled().day(day));
    database.execute(
        "alter database %s set log_min_duration_statement = 0".formatted(database.name()));
    int logged = log(laboratory).size();
    OffsetDateTime end = history.filled().day(day).plus(EVERY);
    OffsetDateTime run = OffsetDateTime.now(end.getOffset()).plus(FIRST_RUN);
    String retention =
        "mqtt-integration.history.retention=" + Duration.between(end, run).toSeconds() + "s";
    try (Application application = Application.start(laboratory, database, retention)) {
      double before = laboratory.postgres().cpuSeconds();
      Thread.sleep(IDLE_SECONDS * 1000L);
      double begun = laboratory.postgres().cpuSeconds();
      long waited = System.nanoTime();
      Waiting.until(
          "retention has run",
          Duration.ofMinutes(10),
          Duration.ofMillis(100),
          () -> took(laboratory, logged, "delete from gap ") >= 0);
      double seconds = (System.nanoTime() - waited) / 1e9;
      double cpu =
          laboratory.postgres().cpuSeconds() - begun - (begun - before) / IDLE_SECONDS * seconds;
      return new ComparedRetention(
          partitions - partitions(database),
          took(laboratory, logged, "select history_drop_partitions("),
          rows - rows(database, history.filled().day(day)),
          took(laboratory, logged, "delete from history where"),
          took(laboratory, logged, "delete from history_commit "),
          cpu);
    } finally {
      database.execute("alter database %s reset all".formatted(database.name()));
    }
  }

  private static long partitions(Database database) throws Exception {
    return database.count("select count(*) from pg_inherits where inhparent = 'history'::regclass");
  }

  private static long rows(Database database, OffsetDateTime day) throws Exception {
    return database.count(
        "select count(*) from history where \"timestamp\" >= '%s' and \"timestamp\" < '%s'"
            .formatted(day, day.plusDays(1)));
  }

  private static List<String> log(Laboratory laboratory) throws IOException {
    Path log = laboratory.directory().resolve("postgres.log");
    return Files.readAllLines(log);
  }

  /** The milliseconds of all statements that begin so; -1 when there was none. */
  private static double took(Laboratory laboratory, int from, String begin) throws IOException {
    double[] sum = {-1};
    log(laboratory).stream()
        .skip(from)
        .map(TOOK::matcher)
        .filter(Matcher::find)
        .filter(took -> took.group(2).startsWith(begin))
        .forEach(took -> sum[0] = Math.max(0, sum[0]) + Double.parseDouble(took.group(1)));
    return sum[0];
  }

  void addTo(Table table, int history) {
    table.row(
        Figures.count(history),
        (double) partitions,
        dropMillis,
        (double) rows,
        rowMillis,
        commitMillis,
        databaseCpu);
  }
}
