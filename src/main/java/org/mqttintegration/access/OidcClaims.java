package org.mqttintegration.access;

import jakarta.validation.Validator;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.stereotype.Component;

/** Reads an issuer's claims as the settings say. */
@Component
class OidcClaims {

  private static final int LONGEST = 255;

  private final OidcSettings settings;
  private final Validator validator;

  OidcClaims(OidcSettings settings, Validator validator) {
    this.settings = settings;
    this.validator = validator;
  }

  /**
   * What the claims mean here.
   *
   * @throws ProblemException when they are not the issuer's, or give no role or no login name
   */
  OidcIdentity identity(Map<String, Object> claims) {
    String issuer = text(claims, "iss");
    String subject = text(claims, "sub");
    if (issuer == null || !issuer.equals(settings.issuer())) {
      throw refused("These claims are not of the identity provider that is set.");
    }
    if (subject == null || subject.length() > LONGEST) {
      throw refused("The identity provider's claim sub must have 1 to 255 characters.");
    }
    Set<String> values = values(find(claims, settings.rolesClaim()));
    return new OidcIdentity(
        issuer,
        subject,
        name(claims, subject),
        cut(text(claims, "name")),
        mail(claims),
        role(values),
        settings.roles().payloadReader().stream().anyMatch(values::contains),
        issuedAt(claims));
  }

  private Role role(Set<String> values) {
    OidcSettings.Roles roles = settings.roles();
    if (roles.administrator().stream().anyMatch(values::contains)) {
      return Role.ADMINISTRATOR;
    }
    if (roles.operator().stream().anyMatch(values::contains)) {
      return Role.OPERATOR;
    }
    if (roles.viewer().stream().anyMatch(values::contains)) {
      return Role.VIEWER;
    }
    throw refused(
        "The identity provider gives you no role here. Ask its administrator for one of %s, in the claim %s."
            .formatted(String.join(", ", roles.all()), settings.rolesClaim()));
  }

  private String name(Map<String, Object> claims, String subject) {
    Object claim = find(claims, settings.userNameClaim());
    String given = claim instanceof String text && !text.isBlank() ? text.strip() : subject;
    String name = given.toLowerCase(Locale.ROOT);
    if (!UserName.isValid(name)) {
      throw refused(
          "The identity provider's claim %s is no login name here: up to 64 of a to z, 0 to 9 and ._@+-, beginning with a letter or digit."
              .formatted(given.equals(subject) ? "sub" : settings.userNameClaim()));
    }
    return name;
  }

  /** An address that the issuer says it did not look at may be anybody's. */
  private @Nullable String mail(Map<String, Object> claims) {
    String mail = text(claims, "email");
    boolean usable =
        mail != null
            && !Boolean.FALSE.equals(claims.get("email_verified"))
            && validator.validateValue(UserChange.class, "mail", mail).isEmpty();
    return usable ? mail : null;
  }

  private static Instant issuedAt(Map<String, Object> claims) {
    Object at = claims.get("iat");
    if (at instanceof Instant instant) {
      return instant;
    }
    return at instanceof Number seconds
        ? Instant.ofEpochSecond(seconds.longValue())
        : Instant.now();
  }

  private static @Nullable String text(Map<String, Object> claims, String name) {
    String text = Objects.toString(claims.get(name), "").replaceAll("\\p{Cntrl}", " ").strip();
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  /** One value, or a list of them; anything else is none. */
  private static Set<String> values(@Nullable Object claim) {
    Collection<?> all =
        claim instanceof Collection<?> several
            ? several
            : claim instanceof String ? List.of(claim) : List.of();
    Set<String> values = new HashSet<>();
    all.forEach(value -> values.add(String.valueOf(value)));
    return values;
  }

  /**
   * The claim at a path. Names of claims may have dots themselves ({@code
   * https://example.org/roles}), so the longest name that is there goes first.
   */
  static @Nullable Object find(Map<?, ?> claims, String path) {
    if (claims.containsKey(path)) {
      return claims.get(path);
    }
    for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
        Object found = find(inner, path.substring(dot + 1));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  static ProblemException refused(String words) {
    return new ProblemException(ProblemType.FORBIDDEN, words);
  }
}
