package org.mqttintegration.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;

/**
 * {@code mosquitto_sub | psql -c "copy … from stdin"}: about the least that recording can cost. It
 * acknowledges what it has not stored, and all rows are one transaction. It runs once for each
 * turn; the broker keeps its session in between.
 */
final class CopyContestant extends Contestant {

  private static final long LIMIT_SECONDS = 300;

  /** The table that has what a message must have. */
  static final String MESSAGE =
      "create table message (time timestamptz not null, topic text not null,"
          + " payload bytea not null, qos smallint not null)";

  private final Laboratory laboratory;
  private final List<String> columns;
  private final List<String> format;
  private Child pipeline;
  private double cpuSeconds;

  private CopyContestant(
      Laboratory laboratory,
      String name,
      int messages,
      Database database,
      String table,
      List<String> columns,
      List<String> format)
      throws Exception {
    super(name, "recording/" + database.name(), messages, database, table);
    this.laboratory = laboratory;
    this.columns = columns;
    this.format = format;
    // makes the session
    Programs.say(subscriber("-E").toArray(String[]::new));
  }

  /** Into a table of four columns, without an index. */
  static CopyContestant intoPlainTable(Laboratory laboratory, int messages) throws Exception {
    Database database = laboratory.postgres().create("copy_plain");
    database.execute(MESSAGE);
    return new CopyContestant(
        laboratory,
        "COPY pipeline",
        messages,
        database,
        "message",
        List.of("time", "topic", "payload", "qos"),
        List.of("%I", "%t", "%p", "%q"));
  }

  /** Into a table as the application's own, with its partitions and indexes. */
  static CopyContestant intoHistory(Laboratory laboratory, int messages) throws Exception {
    Database database = laboratory.postgres().create("copy_history");
    Flyway.configure().dataSource(database.url(), Database.USER, "").load().migrate();
    database.execute("alter table history alter id set default nextval('history_id_seq')");
    return new CopyContestant(
        laboratory,
        "COPY pipeline into the application's table",
        messages,
        database,
        "history",
        List.of(
            "\"timestamp\"",
            "direction",
            "broker_id",
            "subscription_id",
            "topic",
            "payload",
            "qos",
            "retain",
            "duplicate",
            "subscription_identifier"),
        List.of("%I", "receive", "1", "1", "%t", "%p", "%q", "f", "f", "1"));
  }

  /** What feeds the database: PostgreSQL's own program, or a few lines of Java without it. */
  static String feeder() {
    return Programs.find("psql").isPresent() ? "psql" : "pgjdbc's CopyManager in a JVM";
  }

  @Override
  void pause() {
    cpuSeconds = 0;
  }

  @Override
  void resume() throws IOException {
    try {
      String copy = "copy %s (%s) from stdin".formatted(table(), String.join(", ", columns));
      String lines = String.join("\t", format);
      List<String> subscriber = subscriber("-C", Integer.toString(messages()), "-F", lines);
      // the shell waits for both, so its times hold theirs
      String command =
          quoted(subscriber) + " | " + quoted(feeder(copy)) + " && cat /proc/$$/stat || exit 1";
      pipeline = Child.start(laboratory.directory(), log(), List.of("sh", "-c", command));
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private Path log() {
    return laboratory.directory().resolve(database().name() + ".log");
  }

  private List<String> subscriber(String... more) {
    List<String> command = new ArrayList<>(List.of(Programs.require("mosquitto_sub"), "-V", "5"));
    command.addAll(List.of("-p", Integer.toString(laboratory.broker().port())));
    command.addAll(List.of("-i", database().name(), "-c", "-x", "86400"));
    // as many as the application lets the broker send ahead
    command.addAll(List.of("-D", "connect", "receive-maximum", "1000"));
    command.addAll(List.of("-q", "1", "-t", topic() + "/#"));
    command.addAll(List.of(more));
    return command;
  }

  private List<String> feeder(String copy) throws URISyntaxException {
    return Programs.find("psql")
        .map(
            psql ->
                List.of(
                    psql.toString(),
                    "-q",
                    "-d",
                    "postgresql://%s@localhost:%d/%s"
                        .formatted(Database.USER, database().port(), database().name()),
                    "-c",
                    copy))
        .orElse(
            Stream.concat(
                    Programs.java(CopyFeeder.class, PGConnection.class),
                    Stream.of(database().url(), copy))
                .toList());
  }

  private static String quoted(List<String> command) {
    return command.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  @Override
  void awaitEnd() throws IOException, InterruptedException {
    try (BufferedReader output = pipeline.output()) {
      pipeline.awaitEnd(LIMIT_SECONDS);
      String stat = output.readLine();
      cpuSeconds = stat == null ? Double.NaN : ProcessFacts.cpuSecondsOf(stat);
    }
  }

  @Override
  double cpuSeconds() {
    return cpuSeconds;
  }

  @Override
  public void close() {
    if (pipeline != null) {
      pipeline.close();
    }
  }
}
