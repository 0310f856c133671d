package org.mqttintegration.activity;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mqttintegration.access.Accounts;
import org.mqttintegration.access.CurrentActor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people write about records. */
@Component
class Notes {

  private static final Pattern MENTION = Pattern.compile("(?<![\\w@/.-])@([\\w][\\w.@-]{0,254})");

  private final AuditLog log;
  private final AuditQueries queries;
  private final Accounts accounts;
  private final CurrentActor actor;

  Notes(AuditLog log, AuditQueries queries, Accounts accounts, CurrentActor actor) {
    this.log = log;
    this.queries = queries;
    this.accounts = accounts;
    this.actor = actor;
  }

  /** Adds a note, which those that it mentions are told of. */
  @Transactional
  public AuditEntry add(RecordRef record, String text) {
    long id =
        log.append(
            new NewEntry(
                record,
                actor.get(),
                EntryKind.NOTE,
                "note",
                Severity.INFO,
                Instant.now(),
                text,
                List.of(),
                mentions(text, accounts::exists)));
    return queries.get(id);
  }

  /** The users that a text mentions; a stop at the end of a sentence is none of a name. */
  static List<String> mentions(String text, Predicate<String> exists) {
    Set<String> users = new LinkedHashSet<>();
    Matcher mention = MENTION.matcher(text);
    while (mention.find()) {
      String name = mention.group(1);
      String bare = name.replaceFirst("[.@-]+$", "");
      if (exists.test(name)) {
        users.add(name);
      } else if (!bare.isEmpty() && exists.test(bare)) {
        users.add(bare);
      }
    }
    return List.copyOf(users);
  }
}
