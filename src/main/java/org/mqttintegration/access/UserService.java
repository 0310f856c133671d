package org.mqttintegration.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.Filter;
import org.mqttintegration.resource.ItemPage;
import org.mqttintegration.resource.MergePatch;
import org.mqttintegration.resource.RequestValidator;
import org.mqttintegration.resource.UnitOfWork;
import org.mqttintegration.resource.WriteOnly;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;

/** The operations on users, which administrators have. One of these always stays. */
@Service
class UserService {

  private static final Map<String, Supplier<ProblemException>> CONSTRAINTS =
      Map.of(
          "account_name_key",
          () ->
              new ProblemException(
                  ProblemType.CONFLICT,
                  "There is already a user with that name.",
                  List.of(new FieldError("name", "There is one with that name already."))));

  private final UserRepository repository;
  private final SignInFailures failures;
  private final PasswordHash hash;
  private final InitialPasswordFile file;
  private final RequestValidator validator;
  private final MergePatch mergePatch;
  private final UnitOfWork unitOfWork;
  private final ApplicationEventPublisher events;

  UserService(
      UserRepository repository,
      SignInFailures failures,
      PasswordHash hash,
      InitialPasswordFile file,
      RequestValidator validator,
      MergePatch mergePatch,
      UnitOfWork unitOfWork,
      ApplicationEventPublisher events) {
    this.repository = repository;
    this.failures = failures;
    this.hash = hash;
    this.file = file;
    this.validator = validator;
    this.mergePatch = mergePatch;
    this.unitOfWork = unitOfWork;
    this.events = events;
  }

  ItemPage<User> list(@Nullable String name, Pageable page) {
    return ItemPage.of(
        repository.findAll(Filter.contains("name", name), page),
        rows -> rows.stream().map(User::of).toList());
  }

  User get(long id) {
    return User.of(repository.findById(id).orElseThrow(() -> notFound(id)));
  }

  User create(@Nullable UserRequest request) {
    UserRequest valid =
        validator.check(
            request,
            (user, errors) ->
                errors.addAll(PasswordRule.faults(String.valueOf(user.name()), user.password())));
    validator.check(valid.change());
    if (!UserName.isValid(valid.validName())) {
      throw ProblemException.invalid("name", "That name is the application's own.");
    }
    UserEntity user = new UserEntity();
    user.name = valid.validName();
    user.apply(valid.change());
    user.setPassword(hashed(valid.password()), !Boolean.FALSE.equals(valid.mustChangePassword()));
    return unitOfWork.commit(
        () -> {
          User stored = User.of(repository.saveAndFlush(user));
          events.publishEvent(AccountChanged.saved(user.name, null, user.asChange()));
          return stored;
        },
        CONSTRAINTS);
  }

  /** Changes the fields that a JSON Merge Patch names; it counts from the next request on. */
  User patch(long id, @Nullable JsonNode patch) {
    return unitOfWork.commit(
        () -> {
          List<UserEntity> administrators = repository.lockEnabled(Role.ADMINISTRATOR);
          UserEntity user = locked(id);
          UserChange before = user.asChange();
          user.apply(
              validator.check(
                  mergePatch.apply(user.asChange(), patch, UserChange.class),
                  (change, errors) -> errors.addAll(OidcAccounts.faults(user, change))));
          if (!user.isActiveAdministrator()) {
            mustStay(administrators, id);
          }
          User stored = User.of(repository.saveAndFlush(user));
          events.publishEvent(AccountChanged.saved(user.name, before, user.asChange()));
          return stored;
        },
        CONSTRAINTS);
  }

  /** Deletes a user, and its tokens. Its name stays where it did something. */
  void delete(long id) {
    unitOfWork.commit(
        () -> {
          List<UserEntity> administrators = repository.lockEnabled(Role.ADMINISTRATOR);
          UserEntity user = locked(id);
          mustStay(administrators, id);
          repository.delete(user);
          repository.flush();
          events.publishEvent(AccountChanged.removed(user.name, user.asChange()));
          return id;
        },
        Map.of());
  }

  /** Gives a user another password, and lets it in again where failures locked it out. */
  void setPassword(long id, @Nullable PasswordRequest request) {
    PasswordRequest valid =
        validator.check(
            request,
            (given, errors) ->
                errors.addAll(PasswordRule.faults(get(id).name(), given.password())));
    String hashed = hashed(valid.password());
    unitOfWork.commit(
        () -> {
          UserEntity user = locked(id);
          mustHavePassword(user);
          user.setPassword(hashed, !Boolean.FALSE.equals(valid.mustChangePassword()));
          failures.forgetAccount(user.name);
          repository.flush();
          events.publishEvent(AccountChanged.did(user.name, "passwordChanged", null));
          return id;
        },
        Map.of());
    file.deleteFor(get(id).name());
  }

  private String hashed(@Nullable WriteOnly password) {
    String text = password == null ? null : password.value();
    if (text == null) {
      throw new IllegalStateException("no password, and nobody noticed");
    }
    return hash.of(text);
  }

  private static void mustStay(List<UserEntity> administrators, long id) {
    if (administrators.size() == 1 && administrators.get(0).id() == id) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "This is the last administrator who is enabled and has a password here; make another one first.");
    }
  }

  /** Throws a problem when the user signs in elsewhere. */
  static void mustHavePassword(UserEntity user) {
    if (user.issuer != null) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "This user signs in at %s, and has no password here.".formatted(user.issuer));
    }
  }

  private UserEntity locked(long id) {
    return repository.findLockedById(id).orElseThrow(() -> notFound(id));
  }

  static ProblemException notFound(long id) {
    return ProblemException.notFound("user", id);
  }
}
