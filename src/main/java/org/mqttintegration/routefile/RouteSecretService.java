package org.mqttintegration.routefile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.activity.RecordKind;
import org.mqttintegration.activity.RecordRef;
import org.mqttintegration.activity.Story;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.UnitOfWork;
import org.mqttintegration.routefile.check.RouteText;
import org.mqttintegration.secret.KeyUse;
import org.mqttintegration.secret.Reencryption;
import org.mqttintegration.secret.SecretName;
import org.mqttintegration.secret.Secrets;
import org.mqttintegration.secret.StoredSecret;
import org.springframework.stereotype.Service;

/** The operations on secrets: those that route files name, and the keys of all. */
@Service
class RouteSecretService {

  private static final int MAX_LENGTH = 65_535;

  private static final Pattern NAMED = Pattern.compile("\\{\\{\\s*\\??secret:([\\w.-]+)");

  private final Secrets secrets;
  private final RouteFiles files;
  private final UnitOfWork unitOfWork;
  private final Story story;

  RouteSecretService(Secrets secrets, RouteFiles files, UnitOfWork unitOfWork, Story story) {
    this.secrets = secrets;
    this.files = files;
    this.unitOfWork = unitOfWork;
    this.story = story;
  }

  /** The secrets that were given over REST; without values. */
  List<RouteSecretView> list() {
    Map<String, Set<String>> users = users();
    return secrets.list(RouteSecrets.KIND).stream().map(secret -> view(secret, users)).toList();
  }

  /** The keys of all secrets, those of brokers too. */
  List<KeyUse> keys() {
    return secrets.keys();
  }

  /** The files that name a secret, by its name. */
  private Map<String, Set<String>> users() {
    Map<String, Set<String>> users = new HashMap<>();
    for (RouteFileState file : files.all()) {
      addUser(file.file(), users);
      LoadedFile runs = file.loaded();
      if (runs != null) {
        addUser(runs.file(), users);
      }
    }
    return users;
  }

  private static void addUser(RouteText file, Map<String, Set<String>> users) {
    Matcher named = NAMED.matcher(file.text());
    while (named.find()) {
      users.computeIfAbsent(named.group(1), name -> new TreeSet<>()).add(file.name());
    }
  }

  /** Stores a secret in place of what had that name. */
  RouteSecretView put(String name, @Nullable RouteSecretRequest request) {
    String value = request == null ? null : request.value();
    if (!RouteSecrets.isName(name)) {
      throw ProblemException.invalid("name", RouteSecrets.NAME_RULE);
    }
    if (value == null || value.isEmpty() || value.length() > MAX_LENGTH) {
      throw ProblemException.invalid(
          "value", "A secret has 1 to %d characters.".formatted(MAX_LENGTH));
    }
    return view(
        unitOfWork.commit(
            () -> {
              StoredSecret stored = secrets.put(secretName(name), value);
              story.did(record(name), "secretPut", null);
              return stored;
            },
            Map.of()),
        users());
  }

  void delete(String name) {
    boolean removed =
        unitOfWork.commit(
            () -> {
              boolean there = secrets.remove(secretName(name));
              if (there) {
                story.did(record(name), "removed", null);
              }
              return there;
            },
            Map.of());
    if (!removed) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          "There is no secret %s in the database; those in files are not changed here."
              .formatted(name));
    }
  }

  /** Encrypts all secrets, those of brokers too, with the newest key. */
  Reencryption reencrypt() {
    return unitOfWork.commit(
        () -> {
          Reencryption done = secrets.reencrypt();
          story.did(
              new RecordRef(RecordKind.SECRET, "", "keys"),
              "reencrypted",
              "%d of %d with the key %s"
                  .formatted(done.reencrypted(), done.secrets(), done.keyId()));
          return done;
        },
        Map.of());
  }

  private static SecretName secretName(String name) {
    return SecretName.alone(RouteSecrets.KIND, name);
  }

  private static RecordRef record(String name) {
    return new RecordRef(RecordKind.SECRET, name, name);
  }

  private static RouteSecretView view(StoredSecret secret, Map<String, Set<String>> users) {
    String name = secret.name().name();
    return new RouteSecretView(
        name, secret.updatedAt(), List.copyOf(users.getOrDefault(name, Set.of())));
  }
}
