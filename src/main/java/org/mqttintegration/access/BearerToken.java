package org.mqttintegration.access;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** An API token that somebody came with, not looked at yet. */
public final class BearerToken extends AbstractAuthenticationToken {

  private static final long serialVersionUID = 1L;

  private final String token;

  /**
   * What somebody came with.
   *
   * @param token the text behind {@code Bearer}
   */
  public BearerToken(String token) {
    super(List.of());
    this.token = token;
  }

  @Override
  public String getCredentials() {
    return token;
  }

  @Override
  public String getPrincipal() {
    return "";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BearerToken that && token.equals(that.token);
  }

  @Override
  public int hashCode() {
    return token.hashCode();
  }
}
