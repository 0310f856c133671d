package org.mqttintegration.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.RequestValidator;
import org.mqttintegration.resource.UnitOfWork;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** The operations on tokens. */
@Service
class Tokens {

  private static final int MOST = 100;

  private final TokenTable table;
  private final RequestValidator validator;
  private final UnitOfWork unitOfWork;
  private final ApplicationEventPublisher events;
  private final Duration lifetime;
  private final Duration longest;

  Tokens(
      TokenTable table,
      RequestValidator validator,
      UnitOfWork unitOfWork,
      ApplicationEventPublisher events,
      AccessSettings settings) {
    this.table = table;
    this.validator = validator;
    this.unitOfWork = unitOfWork;
    this.events = events;
    this.longest = settings.tokenLifetimeMax();
    this.lifetime =
        settings.tokenLifetime().compareTo(longest) > 0 ? longest : settings.tokenLifetime();
  }

  List<Token> list(long account) {
    return table.list(account);
  }

  /** Makes a token that may no more than its owner. */
  NewToken make(Account owner, @Nullable TokenRequest request) {
    Instant now = Instant.now();
    TokenRequest valid =
        validator.check(request, (token, errors) -> check(owner, token, now, errors));
    if (table.list(owner.id()).size() >= MOST) {
      throw new ProblemException(
          ProblemType.CONFLICT, "An account has at most %d tokens; remove some.".formatted(MOST));
    }
    Instant end = valid.expiresAt() == null ? now.plus(lifetime) : valid.expiresAt();
    TokenTable.Made made =
        unitOfWork.commit(
            () -> {
              TokenTable.Made added = add(owner, valid, end);
              events.publishEvent(
                  AccountChanged.did(owner.name(), "tokenMade", added.token().name()));
              return added;
            },
            Map.of(
                "api_token_account_id_name_key",
                () ->
                    new ProblemException(
                        ProblemType.CONFLICT,
                        "There is already a token with that name.",
                        List.of(new FieldError("name", "There is one with that name already.")))));
    return new NewToken(made.token(), made.text());
  }

  private TokenTable.Made add(Account owner, TokenRequest valid, Instant end) {
    return table.add(
        owner.id(),
        Objects.requireNonNull(valid.name()),
        Objects.requireNonNullElse(valid.role(), owner.role()),
        Objects.requireNonNullElse(valid.readsPayloads(), false),
        end);
  }

  private void check(Account owner, TokenRequest token, Instant now, List<FieldError> errors) {
    if (token.name() == null || token.name().isBlank()) {
      errors.add(new FieldError("name", "A token has a name."));
    }
    if (token.role() != null && !owner.role().includes(token.role())) {
      errors.add(new FieldError("role", "A token may no more than its owner."));
    }
    if (Boolean.TRUE.equals(token.readsPayloads()) && !owner.readsPayloads()) {
      errors.add(new FieldError("readsPayloads", "A token may no more than its owner."));
    }
    Instant end = token.expiresAt();
    if (end != null && (!end.isAfter(now) || end.isAfter(now.plus(longest)))) {
      errors.add(
          new FieldError(
              "expiresAt", "An instant to come, within %d days.".formatted(longest.toDays())));
    }
  }

  /** Ends a token at once. */
  void remove(long account, String owner, long id) {
    unitOfWork.commit(
        () -> {
          if (!table.remove(account, id)) {
            throw ProblemException.notFound("token", id);
          }
          events.publishEvent(AccountChanged.did(owner, "tokenEnded", "token " + id));
          return id;
        },
        Map.of());
  }
}
