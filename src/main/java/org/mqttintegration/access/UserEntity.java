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
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.annotations.Formula;
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

  /** When a password of it was right last, as far as that is kept. */
  @Formula("(select max(k.seen_at) from known_address k where k.account_id = id)")
  @Nullable Instant passwordSeenAt;

  /** Until when its password is not looked at, from one address or from wherever. */
  @Formula(
      """
      (select max(f.locked_until) from sign_in_failure f where f.locked_until > now()
        and (f.key = 'account ' || name or starts_with(f.key, 'both ' || name || ' ')))""")
  @Nullable Instant lockedUntil;

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

  /** When it was seen to sign in last; null when that is not known. */
  @Nullable Instant lastSignInAt() {
    return Stream.of(Optional.ofNullable(passwordSeenAt), Optional.ofNullable(claimsAt))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .orElse(null);
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
