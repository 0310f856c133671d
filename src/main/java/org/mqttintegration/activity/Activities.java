package org.mqttintegration.activity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Accounts;
import org.mqttintegration.access.Actor;
import org.mqttintegration.access.CurrentActor;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.Conditions;
import org.mqttintegration.resource.WireName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The activities of records. What becomes of one stands in its record's thread too. */
@Component
class Activities {

  private static final String OPEN = "open";

  private final JdbcClient database;
  private final AuditLog log;
  private final FieldChanges fields;
  private final Accounts accounts;
  private final CurrentActor actor;
  private final ActivitySettings settings;

  Activities(
      JdbcClient database,
      AuditLog log,
      FieldChanges fields,
      Accounts accounts,
      CurrentActor actor,
      ActivitySettings settings) {
    this.database = database;
    this.log = log;
    this.fields = fields;
    this.accounts = accounts;
    this.actor = actor;
    this.settings = settings;
  }

  /** A page of those that a filter lets through, the first to be done first. */
  ActivityPage list(ActivityFilter filter, int limit, @Nullable Long after) {
    Conditions conditions = conditions(filter);
    if (after != null) {
      conditions.add(
          "(due_on, id) > (select due_on, id from activity where id = :after)", "after", after);
    }
    List<Activity> found =
        database
            .sql(
                "select * from activity where %s order by due_on, id limit :limit"
                    .formatted(conditions.sql()))
            .params(conditions.parameters())
            .param("limit", limit + 1)
            .query(this::activity)
            .list();
    boolean more = found.size() > limit;
    List<Activity> items = more ? found.subList(0, limit) : found;
    return new ActivityPage(items, more ? Long.toString(items.get(limit - 1).id()) : null);
  }

  private Conditions conditions(ActivityFilter filter) {
    Conditions conditions = new Conditions();
    RecordRef record = filter.record();
    if (record != null) {
      conditions.add("record_kind = :kind", "kind", record.kind().word());
      conditions.add("record_id = :record", "record", record.id());
    }
    conditions.add("assignee = :assignee", "assignee", filter.assignee());
    conditions.add("due_on <= :due", "due", filter.due());
    if (filter.open()) {
      conditions.add("status = :open", "open", OPEN);
    }
    if (filter.state() != null) {
      conditions.add(state(filter.state()), "today", today());
    }
    return conditions;
  }

  private static String state(ActivityState state) {
    return switch (state) {
      case OVERDUE -> "status = 'open' and due_on < :today";
      case TODAY -> "status = 'open' and due_on = :today";
      case PLANNED -> "status = 'open' and due_on > :today";
      case DONE -> "status = 'done' and cast(:today as date) is not null";
      case CANCELLED -> "status = 'cancelled' and cast(:today as date) is not null";
    };
  }

  /** One activity. */
  Activity get(long id) {
    return find(id, "").orElseThrow(() -> ProblemException.notFound("activity", id));
  }

  private Optional<Activity> find(long id, String lock) {
    return database
        .sql("select * from activity where id = ? " + lock)
        .param(id)
        .query(this::activity)
        .optional();
  }

  /** Opens one, as somebody asked for. */
  @Transactional
  public Activity create(RecordRef record, ActivityRequest request) {
    check(request);
    return get(insert(record, request));
  }

  /** Opens one that is due today. Inside a transaction. */
  long open(
      RecordRef record,
      ActivityType type,
      String summary,
      @Nullable String note,
      @Nullable String assignee) {
    return insert(record, new ActivityRequest(type, summary, note, assignee, today()));
  }

  private long insert(RecordRef record, ActivityRequest request) {
    ActivityType type = Objects.requireNonNullElse(request.type(), ActivityType.TODO);
    long id =
        database
            .sql(
                """
                insert into activity (record_kind, record_id, record_name, type, summary, note, assignee,
                                      due_on, created_at, created_by)
                values (:kind, :record, :name, :type, :summary, :note, :assignee, :due, :now, :actor)
                returning id
                """)
            .param("kind", record.kind().word())
            .param("record", record.id())
            .param("name", record.name())
            .param("type", WireName.of(type))
            .param("summary", request.summary())
            .param("note", request.note(), Types.VARCHAR)
            .param("assignee", request.assignee(), Types.VARCHAR)
            .param("due", request.dueOn())
            .param("now", now())
            .param("actor", actor.get().name())
            .query(Long.class)
            .single();
    log.append(NewEntry.event(record, actor.get(), "activityOpened", request.summary()));
    return id;
  }

  /** Changes one that is open. */
  @Transactional
  public Activity change(long id, UnaryOperator<ActivityRequest> change) {
    Activity activity = locked(id);
    ActivityRequest before = request(activity);
    ActivityRequest after = change.apply(before);
    check(after);
    database
        .sql(
            """
            update activity set type = :type, summary = :summary, note = :note, assignee = :assignee,
                                due_on = :due where id = :id
            """)
        .param("id", id)
        .param("type", WireName.of(Objects.requireNonNullElse(after.type(), ActivityType.TODO)))
        .param("summary", after.summary())
        .param("note", after.note(), Types.VARCHAR)
        .param("assignee", after.assignee(), Types.VARCHAR)
        .param("due", after.dueOn())
        .update();
    List<FieldChange> changes = fields.between(before, after);
    if (!changes.isEmpty()) {
      log.append(
          NewEntry.change(
              activity.record(), actor.get(), "activityChanged", activity.summary(), changes));
    }
    return get(id);
  }

  /** Ends one that is open. */
  @Transactional
  public Activity close(long id, boolean done, @Nullable String feedback) {
    close(locked(id), actor.get(), done, feedback);
    return get(id);
  }

  /** Ends one as done; nothing happens when it is not open any more. Inside a transaction. */
  void closeAutomatically(long id, Actor who, String feedback) {
    find(id, "for update")
        .filter(activity -> activity.closedAt() == null)
        .ifPresent(activity -> close(activity, who, true, feedback));
  }

  private void close(Activity activity, Actor who, boolean done, @Nullable String feedback) {
    database
        .sql(
            """
            update activity set status = :status, closed_at = :now, closed_by = :actor,
                                feedback = :feedback where id = :id
            """)
        .param("id", activity.id())
        .param("status", done ? "done" : "cancelled")
        .param("now", now())
        .param("actor", who.name())
        .param("feedback", feedback, Types.VARCHAR)
        .update();
    String told = feedback == null ? activity.summary() : activity.summary() + ": " + feedback;
    log.append(
        NewEntry.event(activity.record(), who, done ? "activityDone" : "activityCancelled", told));
  }

  private void check(ActivityRequest request) {
    String assignee = request.assignee();
    if (assignee != null && !accounts.exists(assignee)) {
      throw ProblemException.invalid("assignee", "There is no such user.");
    }
  }

  private Activity locked(long id) {
    Activity activity =
        find(id, "for update").orElseThrow(() -> ProblemException.notFound("activity", id));
    if (activity.closedAt() != null) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The activity is done or cancelled already.");
    }
    return activity;
  }

  private static ActivityRequest request(Activity activity) {
    return new ActivityRequest(
        activity.type(),
        activity.summary(),
        activity.note(),
        activity.assignee(),
        activity.dueOn());
  }

  private Activity activity(ResultSet row, int number) throws SQLException {
    LocalDate due = row.getObject("due_on", LocalDate.class);
    return new Activity(
        row.getLong("id"),
        Objects.requireNonNull(WireName.constant(RecordKind.class, row.getString("record_kind"))),
        row.getString("record_id"),
        row.getString("record_name"),
        Objects.requireNonNull(WireName.constant(ActivityType.class, row.getString("type"))),
        row.getString("summary"),
        row.getString("note"),
        row.getString("assignee"),
        due,
        ActivityState.of(row.getString("status"), due, today()),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getString("created_by"),
        instant(row, "closed_at"),
        row.getString("closed_by"),
        row.getString("feedback"));
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime now() {
    return OffsetDateTime.now(java.time.ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
  }

  private LocalDate today() {
    return LocalDate.now(settings.zone());
  }
}
