package org.mqttintegration.routefile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.activity.RecordKind;
import org.mqttintegration.activity.RecordRef;
import org.mqttintegration.activity.Story;
import org.mqttintegration.node.Notices;
import org.mqttintegration.routefile.check.RouteText;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The table {@code route_file_version}. */
@Component
class RouteFileVersions implements VersionLog {

  /** How many versions of each file are kept. */
  static final int KEPT = 50;

  private static final String APPLIED = "applied";

  private final JdbcClient database;
  private final TransactionOperations transactions;
  private final Story story;
  private final ApplicationEventPublisher events;
  private final Notices notices;

  RouteFileVersions(
      JdbcClient database,
      TransactionOperations transactions,
      Story story,
      ApplicationEventPublisher events,
      Notices notices) {
    this.events = events;
    this.notices = notices;
    this.database = database;
    this.transactions = transactions;
    this.story = story;
  }

  @Override
  public int applied(Candidate candidate) {
    RouteText file = candidate.file();
    if (candidate.version() != 0) {
      followed(file.name());
      return candidate.version();
    }
    return alone(
        file.name(),
        () -> {
          Place place = place(file);
          return !candidate.isNew() && place.isVersion()
              ? place.own()
              : keep(file.name(), stored(file.text()), APPLIED, null);
        });
  }

  private static boolean is(RouteFileVersion version, @Nullable String content, String status) {
    return version.status().equals(status) && Objects.equals(content, version.content());
  }

  @Override
  public void refused(Candidate candidate, String message) {
    RouteText file = candidate.file();
    alone(
        file.name(),
        () ->
            !candidate.isNew() && place(file).isBehind()
                ? 0
                : keep(file.name(), stored(file.text()), "refused", message));
  }

  @Override
  public void deleted(String name) {
    alone(name, () -> keep(name, null, "deleted", null));
  }

  @Override
  public void followed(String name) {
    events.publishEvent(new RouteFilesChanged(name));
  }

  @Override
  public Optional<RouteText> lastApplied(String name) {
    return database
        .sql(
            """
            select content from route_file_version where name = ? and status = 'applied'
            order by version desc limit 1
            """)
        .param(name)
        .query(String.class)
        .optional()
        .map(content -> new RouteText(name, content));
  }

  /** The versions of a file, newest first. */
  List<RouteFileVersion> list(String name) {
    return database
        .sql("select * from route_file_version where name = ? order by version desc")
        .param(name)
        .query(RouteFileVersions::version)
        .list();
  }

  /** One version of a file. */
  Optional<RouteFileVersion> find(String name, long version) {
    return database
        .sql("select * from route_file_version where name = ? and version = ?")
        .param(name)
        .param(version)
        .query(RouteFileVersions::version)
        .optional();
  }

  private Optional<RouteFileVersion> last(String name) {
    return database
        .sql("select * from route_file_version where name = ? order by version desc limit 1")
        .param(name)
        .query(RouteFileVersions::version)
        .optional();
  }

  /**
   * The newest version of each file that was not refused, without its content; in the order in
   * which they were applied, as some need others.
   */
  List<RouteFileVersion> newest() {
    return database
        .sql(
            """
            select name, version, status, applied_at, null as message, null as content
            from (
              select distinct on (name) name, version, status, applied_at
              from route_file_version where status <> 'refused' order by name, version desc
            ) newest order by applied_at, name
            """)
        .query(RouteFileVersions::version)
        .list();
  }

  /** That of one file, with its content. */
  Optional<RouteFileVersion> newest(String name) {
    return database
        .sql(
            """
            select * from route_file_version where name = ? and status <> 'refused'
            order by version desc limit 1
            """)
        .param(name)
        .query(RouteFileVersions::version)
        .optional();
  }

  /**
   * Where a text is among the versions of its file.
   *
   * @param own the newest that says the same, 0 when none of those kept does
   * @param newest the newest that was not refused, 0 when there is none
   */
  private record Place(int own, int newest) {

    /** One that was refused is none yet, as long as nothing came after it. */
    boolean isVersion() {
      return own > 0 && own <= newest;
    }

    boolean isBehind() {
      return own > 0 && own < newest;
    }
  }

  private Place place(RouteText file) {
    return database
        .sql(
            """
            select coalesce(max(version) filter (where content = :content), 0) as own,
              coalesce(max(version) filter (where status <> 'refused'), 0) as newest
            from route_file_version where name = :name
            """)
        .param("name", file.name())
        .param("content", stored(file.text()))
        .query((row, number) -> new Place(row.getInt("own"), row.getInt("newest")))
        .single();
  }

  /** The newest version that says the same as a file; null when none of those kept does. */
  @Nullable Integer numberOf(RouteText file) {
    return database
        .sql("select max(version) from route_file_version where name = ? and content = ?")
        .param(file.name())
        .param(stored(file.text()))
        .query((row, number) -> row.getObject(1, Integer.class))
        .optional()
        .orElse(null);
  }

  /** As PostgreSQL takes it. */
  private static String stored(String content) {
    return content.replace("\0", "\ufffd");
  }

  /** Whether there is a version of a file of that name. */
  boolean has(String name) {
    return last(name).isPresent();
  }

  /** Keeps a version while no other node keeps one of the same file. */
  private int alone(String name, Supplier<Integer> keeping) {
    int version =
        transactions.execute(
            transaction -> {
              lock(name);
              return keeping.get();
            });
    followed(name);
    return version;
  }

  /** Keeps a version, unless the last one is the same, as where another node was first. */
  private int keep(String name, @Nullable String content, String status, @Nullable String message) {
    return last(name)
        .filter(last -> is(last, content, status))
        .map(RouteFileVersion::version)
        .orElseGet(() -> insert(name, content, status, message));
  }

  /** A version, and what its file's story says of it. */
  private int insert(
      String name, @Nullable String content, String status, @Nullable String message) {
    int version = store(name, content, status, message);
    notices.tell(Notices.ROUTE_FILE, name);
    RecordRef file = new RecordRef(RecordKind.ROUTE_FILE, name, name);
    switch (status) {
      case APPLIED -> story.did(file, "fileApplied", "Version %d".formatted(version));
      case "refused" -> story.refused(file, "fileRejected", message);
      default -> story.did(file, "removed", null);
    }
    return version;
  }

  /** Nodes see a change of a shared folder at the same time. */
  private void lock(String name) {
    database
        .sql("select pg_advisory_xact_lock(hashtextextended('route file ' || :name, 0))")
        .param("name", name)
        .query((row, number) -> number)
        .list();
  }

  private int store(
      String name, @Nullable String content, String status, @Nullable String message) {
    int version =
        database
            .sql(
                """
                insert into route_file_version (name, version, content, applied_at, status, message)
                select :name, coalesce(max(version), 0) + 1, :content, :now, :status, :message
                from route_file_version where name = :name
                returning version
                """)
            .param("name", name)
            .param("content", content, Types.VARCHAR)
            .param("now", Instant.now().atOffset(ZoneOffset.UTC))
            .param("status", status)
            .param("message", message, Types.VARCHAR)
            .query(Integer.class)
            .single();
    database
        .sql("delete from route_file_version where name = ? and version <= ?")
        .param(name)
        .param(version - KEPT)
        .update();
    return version;
  }

  private static RouteFileVersion version(ResultSet row, int number) throws SQLException {
    return new RouteFileVersion(
        row.getString("name"),
        row.getInt("version"),
        row.getString("status").toLowerCase(Locale.ROOT),
        row.getObject("applied_at", OffsetDateTime.class).toInstant(),
        row.getString("message"),
        row.getString("content"));
  }
}
