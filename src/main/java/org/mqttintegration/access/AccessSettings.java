package org.mqttintegration.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who comes in, and how often.
 *
 * @param initialPassword the password that the first start gives {@code admin}, who need not change
 *     it; without one it is random, in a file, and to be changed
 * @param resetAdministrator whether this start gives {@code admin} a new random password
 * @param tokenLifetime how long a token is good for when its maker does not say
 * @param tokenLifetimeMax how long a token may be good for
 * @param rateLimit how many requests are served
 */
@ConfigurationProperties("mqtt-integration.access")
public record AccessSettings(
    @Nullable String initialPassword,
    @DefaultValue("false") boolean resetAdministrator,
    @DefaultValue("90d") Duration tokenLifetime,
    @DefaultValue("365d") Duration tokenLifetimeMax,
    @DefaultValue RateLimit rateLimit) {

  /**
   * How many requests of one account, and from one address, are served.
   *
   * @param enabled whether there is a limit
   * @param requestsPerSecond how many, in the long run
   * @param burst how many at once, after a while without any
   */
  public record RateLimit(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("2000") int requestsPerSecond,
      @DefaultValue("10000") int burst) {}

  /** Without the password. */
  @Override
  public String toString() {
    return "AccessSettings[tokenLifetime=%s, rateLimit=%s]".formatted(tokenLifetime, rateLimit);
  }
}
