package org.mqttintegration.routefile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.activity.RecordKind;
import org.mqttintegration.activity.RecordRef;
import org.mqttintegration.activity.Story;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.UnitOfWork;
import org.mqttintegration.secret.Reencryption;
import org.mqttintegration.secret.SecretName;
import org.mqttintegration.secret.Secrets;
import org.mqttintegration.secret.StoredSecret;
import org.springframework.stereotype.Service;

/** The operations on secrets: those that route files name, and the keys of all. */
@Service
class RouteSecretService {

  private static final int MAX_LENGTH = 65_535;

  private final Secrets secrets;
  private final UnitOfWork unitOfWork;
  private final Story story;

  RouteSecretService(Secrets secrets, UnitOfWork unitOfWork, Story story) {
    this.secrets = secrets;
    this.unitOfWork = unitOfWork;
    this.story = story;
  }

  /** The secrets that were given over REST; without values. */
  List<RouteSecretView> list() {
    return secrets.list(RouteSecrets.KIND).stream().map(RouteSecretService::view).toList();
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
            Map.of()));
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

  private static RouteSecretView view(StoredSecret secret) {
    return new RouteSecretView(secret.name().name(), secret.updatedAt());
  }
}
