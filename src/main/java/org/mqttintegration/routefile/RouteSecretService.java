package org.mqttintegration.routefile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

  RouteSecretService(Secrets secrets, UnitOfWork unitOfWork) {
    this.secrets = secrets;
    this.unitOfWork = unitOfWork;
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
            () -> secrets.put(SecretName.alone(RouteSecrets.KIND, name), value), Map.of()));
  }

  void delete(String name) {
    if (!secrets.remove(SecretName.alone(RouteSecrets.KIND, name))) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          "There is no secret %s in the database; those in files are not changed here."
              .formatted(name));
    }
  }

  /** Encrypts all secrets, those of brokers too, with the newest key. */
  Reencryption reencrypt() {
    return unitOfWork.commit(secrets::reencrypt, Map.of());
  }

  private static RouteSecretView view(StoredSecret secret) {
    return new RouteSecretView(secret.name().name(), secret.updatedAt());
  }
}
