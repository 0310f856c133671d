package org.mqttintegration.activity;

import java.net.URI;
import java.net.URISyntaxException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Accounts;
import org.mqttintegration.access.CurrentActor;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.WireName;
import org.mqttintegration.resource.WriteOnly;
import org.mqttintegration.secret.SecretName;
import org.mqttintegration.secret.Secrets;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who follows records. */
@Component
class Followers {

  private static final String MAIL = "[^\\s@<>,;:\"\\\\()\\[\\]]{1,64}@[A-Za-z0-9.-]{1,253}";

  private final JdbcClient database;
  private final Secrets secrets;
  private final AuditLog log;
  private final FieldChanges fields;
  private final Accounts accounts;
  private final CurrentActor actor;

  Followers(
      JdbcClient database,
      Secrets secrets,
      AuditLog log,
      FieldChanges fields,
      Accounts accounts,
      CurrentActor actor) {
    this.database = database;
    this.secrets = secrets;
    this.log = log;
    this.fields = fields;
    this.accounts = accounts;
    this.actor = actor;
  }

  /** What a follower's posts are signed with. */
  static SecretName secretName(long follower) {
    return new SecretName("follower", Long.toString(follower), "secret");
  }

  /** Those of a record; without who is only told of notes that mention him. */
  List<Follower> list(RecordRef record) {
    return database
        .sql(
            """
            select f.*, (select count(*) from notification n left join delivery d on d.id = n.delivery_id
                         where n.follower_id = f.id and d.sent_at is null and d.failed_at is null) as waiting
            from follower f
            where record_kind = ? and record_id = ? and ended_at is null and kinds <> '{}'
            order by id
            """)
        .params(record.kind().word(), record.id())
        .query(this::follower)
        .list();
  }

  private Follower get(RecordRef record, long id) {
    return list(record).stream()
        .filter(follower -> follower.id() == id)
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("follower of this record", id));
  }

  /** Adds one. */
  @Transactional
  public Follower create(RecordRef record, FollowerRequest request) {
    check(request);
    Optional<Long> id =
        database
            .sql(
                """
                insert into follower (record_kind, record_id, type, target, kinds, severity)
                values (:kind, :record, :type, :target, :kinds, :severity)
                on conflict (record_kind, record_id, type, target) do update
                  set kinds = excluded.kinds, severity = excluded.severity, ended_at = null
                  where follower.kinds = '{}' or follower.ended_at is not null
                returning id
                """)
            .param("kind", record.kind().word())
            .param("record", record.id())
            .param("type", WireName.of(Objects.requireNonNull(request.type())))
            .param("target", request.target())
            .param("kinds", request.kinds().toArray(String[]::new))
            .param("severity", request.severity().word())
            .query(Long.class)
            .optional();
    long stored = id.orElseThrow(Followers::taken);
    boolean secret = store(stored, request.secret());
    tell(record, "followerAdded", null, request, secret);
    return get(record, stored);
  }

  /** Changes one. */
  @Transactional
  public Follower change(RecordRef record, long id, UnaryOperator<FollowerRequest> change) {
    FollowerRequest before = get(record, id).asRequest();
    FollowerRequest after = change.apply(before);
    check(after);
    int others =
        database
            .sql(
                """
                select count(*) from follower where record_kind = ? and record_id = ? and type = ?
                  and target = ? and id <> ?
                """)
            .params(record.kind().word(), record.id())
            .params(WireName.of(Objects.requireNonNull(after.type())), after.target(), id)
            .query(Integer.class)
            .single();
    if (others > 0) {
      throw taken();
    }
    database
        .sql(
            """
            update follower set type = :type, target = :target, kinds = :kinds, severity = :severity
            where id = :id
            """)
        .param("id", id)
        .param("type", WireName.of(Objects.requireNonNull(after.type())))
        .param("target", after.target())
        .param("kinds", after.kinds().toArray(String[]::new))
        .param("severity", after.severity().word())
        .update();
    tell(record, "followerChanged", before, after, store(id, after.secret()));
    return get(record, id);
  }

  /** Removes one; what he was not told of yet, he is not told of. */
  @Transactional
  public void delete(RecordRef record, long id) {
    FollowerRequest before = get(record, id).asRequest();
    secrets.remove(secretName(id));
    database.sql("delete from follower where id = ?").param(id).update();
    tell(record, "followerRemoved", before, null, false);
  }

  /** Whether a secret changed. */
  private boolean store(long id, @Nullable WriteOnly secret) {
    if (secret == null) {
      return false;
    }
    if (secret.value() == null) {
      return secrets.remove(secretName(id));
    }
    secrets.put(secretName(id), secret.value());
    return true;
  }

  private void tell(
      RecordRef record,
      String event,
      @Nullable FollowerRequest before,
      @Nullable FollowerRequest after,
      boolean secret) {
    List<FieldChange> changes =
        new java.util.ArrayList<>(
            fields.between(
                before == null ? null : before.complete(),
                after == null ? null : after.complete()));
    if (secret) {
      changes.add(FieldChange.hidden("secret"));
    }
    if (!changes.isEmpty()) {
      log.append(NewEntry.change(record, actor.get(), event, null, changes));
    }
  }

  private void check(FollowerRequest request) {
    String target = Objects.requireNonNull(request.target());
    String fault =
        switch (Objects.requireNonNull(request.type())) {
          case USER -> accounts.exists(target) ? null : "There is no such user.";
          case MAIL -> target.matches(MAIL) ? null : "A mail address is one, as in a@example.org.";
          case WEBHOOK -> isUrl(target) ? null : "A webhook is an absolute http or https URL.";
        };
    if (fault != null) {
      throw ProblemException.invalid("target", fault);
    }
    if (request.kinds().isEmpty()) {
      throw ProblemException.invalid("notes", "A follower is told of something.");
    }
    WriteOnly secret = request.secret();
    if (secret != null && secret.value() != null && secret.value().isEmpty()) {
      throw ProblemException.invalid("secret", "A secret has at least one character.");
    }
  }

  private static boolean isUrl(String target) {
    try {
      URI url = new URI(target);
      return url.getHost() != null
          && url.getUserInfo() == null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static ProblemException taken() {
    return new ProblemException(ProblemType.CONFLICT, "There is such a follower already.");
  }

  private Follower follower(ResultSet row, int number) throws SQLException {
    long id = row.getLong("id");
    List<String> kinds = List.of((String[]) row.getArray("kinds").getArray());
    FollowedEvents events =
        !kinds.contains(EntryKind.EVENT.word())
            ? FollowedEvents.NONE
            : row.getString("severity").equals(Severity.INFO.word())
                ? FollowedEvents.ALL
                : FollowedEvents.WARNINGS;
    return new Follower(
        id,
        constant(FollowerType.class, row.getString("type")),
        row.getString("target"),
        kinds.contains(EntryKind.CHANGE.word()),
        events,
        kinds.contains(EntryKind.NOTE.word()),
        secrets.has(secretName(id)),
        row.getLong("waiting"),
        Activities.instant(row, "last_sent_at"),
        Activities.instant(row, "last_failed_at"),
        row.getString("last_error"));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Objects.requireNonNull(WireName.constant(type, word), word);
  }
}
