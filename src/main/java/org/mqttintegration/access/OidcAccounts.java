package org.mqttintegration.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mqttintegration.access.OidcTable.Row;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.UnitOfWork;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Accounts of an OpenID Connect issuer's users: made at their first sign-in, bound to issuer and
 * subject, and in line with the newest claims since. A local account is never taken over.
 */
@Service
public class OidcAccounts {

  private final OidcClaims claims;
  private final OidcTable table;
  private final UnitOfWork unitOfWork;
  private final ApplicationEventPublisher events;

  OidcAccounts(
      OidcClaims claims, OidcTable table, UnitOfWork unitOfWork, ApplicationEventPublisher events) {
    this.claims = claims;
    this.table = table;
    this.unitOfWork = unitOfWork;
    this.events = events;
  }

  /**
   * The account of the user whom claims are about.
   *
   * @param given the claims of a token that was checked: signature, issuer, audience, times
   * @return what the user may do now: never more than these claims say, nor than newer ones did
   * @throws ProblemException when the user may not come in, with words for the user: no role, a
   *     name that another account has, a disabled account
   */
  public Account signIn(Map<String, Object> given) {
    OidcIdentity identity = claims.identity(given);
    Row row = table.find(identity);
    if (row == null) {
      row = make(identity);
    }
    if (!row.enabled()) {
      throw OidcClaims.refused("Your account here is disabled. Ask an administrator.");
    }
    if (isNews(row, identity)) {
      row = follow(identity);
    }
    return new Account(
        row.id(),
        row.name(),
        Role.lesser(row.role(), identity.role()),
        row.readsPayloads() && identity.readsPayloads(),
        false,
        null);
  }

  /** What an administrator may not change, since the issuer says it. */
  static List<FieldError> faults(UserEntity user, UserChange change) {
    List<FieldError> faults = new ArrayList<>();
    if (user.issuer != null) {
      String words = "It is what %s says.".formatted(user.issuer);
      if (Objects.requireNonNullElse(change.role(), Role.VIEWER) != user.role) {
        faults.add(new FieldError("role", words));
      }
      if (Boolean.TRUE.equals(change.readsPayloads()) != user.readsPayloads) {
        faults.add(new FieldError("readsPayloads", words));
      }
    }
    return faults;
  }

  private Row make(OidcIdentity identity) {
    try {
      return add(identity);
    } catch (ProblemException taken) {
      Row row = table.find(identity); // by the same user's other request
      if (row == null) {
        throw taken;
      }
      return row;
    }
  }

  private Row add(OidcIdentity identity) {
    return unitOfWork.commit(
        () -> {
          boolean made = table.add(identity);
          Row row = Objects.requireNonNull(table.find(identity));
          if (made) {
            events.publishEvent(AccountChanged.saved(row.name(), null, row.fields()));
          }
          return row;
        },
        Map.of("account_name_key", () -> taken(identity)));
  }

  private static ProblemException taken(OidcIdentity identity) {
    return OidcClaims.refused(
        "There is another account called %s here, and it is not yours. Ask an administrator to delete it, or your identity provider for another name."
            .formatted(identity.name()));
  }

  /** Older claims change nothing: else a token from before would give back what was taken away. */
  private static boolean isNews(Row row, OidcIdentity identity) {
    return !identity.issuedAt().isBefore(row.claimsAt())
        && !following(row, identity).equals(row.fields());
  }

  private Row follow(OidcIdentity identity) {
    return unitOfWork.commit(
        () -> {
          Row row = table.findLocked(identity);
          if (row == null) {
            throw OidcClaims.refused("Your account here was deleted just now. Sign in again.");
          }
          if (!isNews(row, identity)) {
            return row;
          }
          UserChange now = following(row, identity);
          table.change(row.id(), now, identity.issuedAt());
          events.publishEvent(AccountChanged.saved(row.name(), row.fields(), now));
          return new Row(row.id(), row.name(), now, identity.issuedAt());
        },
        Map.of());
  }

  /** Name and mail stay where these claims do not say them, as an access token's may not. */
  private static UserChange following(Row row, OidcIdentity identity) {
    UserChange was = row.fields();
    return new UserChange(
        identity.displayName() == null ? was.displayName() : identity.displayName(),
        identity.mail() == null ? was.mail() : identity.mail(),
        identity.role(),
        identity.readsPayloads(),
        was.enabled());
  }
}
