package org.mqttintegration.access;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.RequestValidator;
import org.mqttintegration.resource.UnitOfWork;
import org.mqttintegration.resource.WriteOnly;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** What everybody may do with the own account. */
@Service
class OwnAccountService {

  private final UserRepository repository;
  private final OwnPassword own;
  private final PasswordHash hash;
  private final InitialPasswordFile file;
  private final RequestValidator validator;
  private final UnitOfWork unitOfWork;
  private final ApplicationEventPublisher events;

  OwnAccountService(
      UserRepository repository,
      OwnPassword own,
      PasswordHash hash,
      InitialPasswordFile file,
      RequestValidator validator,
      UnitOfWork unitOfWork,
      ApplicationEventPublisher events) {
    this.repository = repository;
    this.own = own;
    this.hash = hash;
    this.file = file;
    this.validator = validator;
    this.unitOfWork = unitOfWork;
    this.events = events;
  }

  OwnAccount get(Account account) {
    UserEntity row = row(account);
    return new OwnAccount(
        account.id(),
        account.name(),
        row.displayName,
        row.mail,
        account.role(),
        account.readsPayloads(),
        account.mustChangePassword(),
        account.tokenId(),
        row.issuer);
  }

  /** Changes the own password; the one so far goes with it. It counts from the next request on. */
  void changePassword(Account account, @Nullable PasswordRequest request) {
    UserService.mustHavePassword(row(account));
    PasswordRequest valid =
        validator.check(
            request,
            (given, errors) ->
                errors.addAll(PasswordRule.faults(account.name(), given.password())));
    String current = text(valid.current());
    String password = text(valid.password());
    if (current.equals(password)) {
      throw ProblemException.invalid("password", "The new password is not the one so far.");
    }
    own.check(account, current);
    String hashed = hash.of(password);
    unitOfWork.commit(
        () -> {
          UserEntity user =
              repository
                  .findLockedById(account.id())
                  .orElseThrow(() -> UserService.notFound(account.id()));
          user.setPassword(hashed, false);
          repository.flush();
          events.publishEvent(AccountChanged.did(user.name, "passwordChanged", null));
          return account.id();
        },
        Map.of());
    file.deleteFor(account.name());
  }

  private UserEntity row(Account account) {
    return repository.findById(account.id()).orElseThrow(() -> UserService.notFound(account.id()));
  }

  private static String text(@Nullable WriteOnly given) {
    return given == null ? "" : Objects.requireNonNullElse(given.value(), "");
  }

  /** The account that asks. */
  static Account asking() {
    Account account = Account.current();
    if (account == null) {
      throw new ProblemException(ProblemType.NOT_SIGNED_IN, "Sign in first.");
    }
    return account;
  }
}
