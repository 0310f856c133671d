package org.mqttintegration.access;

import java.security.SecureRandom;
import java.util.Map;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.UnitOfWork;
import org.mqttintegration.resource.WriteOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes the administrator {@code admin} where there is no account yet, before anybody is served;
 * and gives it a new password when the settings ask for that.
 */
@Component
class FirstAdministrator implements SmartInitializingSingleton {

  static final String NAME = "admin";

  private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int LENGTH = 24;

  private final UserRepository users;
  private final SignInFailures failures;
  private final PasswordHash hash;
  private final InitialPasswordFile file;
  private final AccessSettings settings;
  private final JdbcClient database;
  private final UnitOfWork unitOfWork;

  FirstAdministrator(
      UserRepository users,
      SignInFailures failures,
      PasswordHash hash,
      InitialPasswordFile file,
      AccessSettings settings,
      JdbcClient database,
      UnitOfWork unitOfWork) {
    this.users = users;
    this.failures = failures;
    this.hash = hash;
    this.file = file;
    this.settings = settings;
    this.database = database;
    this.unitOfWork = unitOfWork;
  }

  @Override
  public void afterSingletonsInstantiated() {
    unitOfWork.commit(
        () -> {
          // nodes that start together make one
          database.sql("lock table account in share row exclusive mode").update();
          if (users.count() == 0) {
            make(new UserEntity());
          } else if (settings.resetAdministrator()) {
            reset();
          }
          return true;
        },
        Map.of());
  }

  private void make(UserEntity admin) {
    admin.name = NAME;
    admin.role = Role.ADMINISTRATOR;
    admin.readsPayloads = true;
    String given = settings.initialPassword();
    if (given == null || given.isBlank()) {
      giveRandom(admin);
    } else {
      if (!PasswordRule.faults(NAME, new WriteOnly(given)).isEmpty()) {
        throw ProblemException.invalid(
            "mqtt-integration.access.initial-password", "A password has 12 to 128 characters.");
      }
      admin.setPassword(hash.of(given), false);
      LOG.info("administrator made user={} password=\"of the settings\"", NAME);
    }
    users.saveAndFlush(admin);
  }

  private void reset() {
    UserEntity admin = users.findByName(NAME).orElseGet(UserEntity::new);
    admin.name = NAME;
    admin.role = Role.ADMINISTRATOR;
    admin.enabled = true;
    admin.makeLocal();
    giveRandom(admin);
    failures.forgetAccount(NAME);
    users.saveAndFlush(admin);
    LOG.warn(
        "administrator reset user={} do=\"take mqtt-integration.access.reset-administrator away\"",
        NAME);
  }

  /** In the file before it is in the database: else nobody would know it after a crash. */
  private void giveRandom(UserEntity admin) {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    file.write(password.toString());
    admin.setPassword(hash.of(password.toString()), true);
    LOG.info(
        "initial password written user={} file={} do=\"sign in and change it\"", NAME, file.path());
  }
}
