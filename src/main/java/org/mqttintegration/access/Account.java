package org.mqttintegration.access;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * An account that is signed in, as far as its sign-in goes.
 *
 * @param id its id
 * @param name its login name
 * @param role what it may do; with a token, what that may do
 * @param readsPayloads whether it may read payloads
 * @param mustChangePassword whether it may do nothing before its password is changed
 * @param tokenId the token of ours that it signed in with, null for what else it was
 * @param bearer whether it was a token of an issuer
 */
public record Account(
    long id,
    String name,
    Role role,
    boolean readsPayloads,
    boolean mustChangePassword,
    @Nullable Long tokenId,
    boolean bearer)
    implements AuthenticatedPrincipal {

  /** Not by a token of an issuer. */
  public Account(
      long id,
      String name,
      Role role,
      boolean readsPayloads,
      boolean mustChangePassword,
      @Nullable Long tokenId) {
    this(id, name, role, readsPayloads, mustChangePassword, tokenId, false);
  }

  /** The account that this thread works for, null when it works for none. */
  public static @Nullable Account current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication == null ? null : of(authentication);
  }

  /** The account that is signed in so, null when none is. */
  public static @Nullable Account of(Authentication authentication) {
    return authentication.getPrincipal() instanceof Account account ? account : null;
  }

  @Override
  public String getName() {
    return name;
  }

  /** Whether it signed in with a token, of ours or of an issuer. */
  public boolean byToken() {
    return bearer || tokenId != null;
  }

  /** The same, signed in with a token of an issuer. */
  Account asBearer() {
    return new Account(id, name, role, readsPayloads, mustChangePassword, tokenId, true);
  }

  /** Its role and those that this includes, and whether it reads payloads, in Spring's terms. */
  List<GrantedAuthority> authorities() {
    Stream<String> roles =
        Arrays.stream(Role.values()).filter(role::includes).map(known -> "ROLE_" + known.name());
    Stream<String> payloads = readsPayloads ? Stream.of("READ_PAYLOADS") : Stream.empty();
    return Stream.concat(roles, payloads)
        .<GrantedAuthority>map(SimpleGrantedAuthority::new)
        .toList();
  }
}
