package org.mqttintegration.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code account}. */
@Entity(name = "Account")
@Table(name = "account")
class UserEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  @Column(updatable = false)
  String name = "";

  @Nullable String displayName;
  @Nullable String mail;
  @Nullable String passwordHash;
  Role role = Role.VIEWER;
  boolean readsPayloads;
  boolean enabled = true;
  boolean mustChangePassword;

  /** Where it signs in; null for a password here. */
  @Nullable String issuer;

  @Nullable String subject;
  @Nullable Instant claimsAt;
  Instant createdAt = now();
  Instant updatedAt = now();
  @Version long version;

  long id() {
    return Objects.requireNonNull(id, "not stored yet");
  }

  void apply(UserChange change) {
    displayName = change.displayName();
    mail = change.mail();
    role = Objects.requireNonNullElse(change.role(), Role.VIEWER);
    readsPayloads = Boolean.TRUE.equals(change.readsPayloads());
    enabled = !Boolean.FALSE.equals(change.enabled());
    updatedAt = now();
  }

  /** The change that would make it what it is. */
  UserChange asChange() {
    return new UserChange(displayName, mail, role, readsPayloads, enabled);
  }

  void setPassword(String hash, boolean mustChange) {
    passwordHash = hash;
    mustChangePassword = mustChange;
    updatedAt = now();
  }

  /** Signs in here from now on, and not at an issuer any more. */
  void makeLocal() {
    issuer = null;
    subject = null;
    claimsAt = null;
  }

  boolean isActiveAdministrator() {
    return enabled && role == Role.ADMINISTRATOR;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
