package org.mqttintegration.activity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is told of records, to whom, and when.
 *
 * @param coalesce how long what repeats itself is counted before it is told again
 * @param outageAfter how long a broker's connection is away before an activity opens
 * @param timeZone where a day begins, for due dates; that of the system when absent
 * @param collect how long what a follower is told is collected, so that what belongs together comes
 *     together
 * @param digest how long a follower who was told something is left alone; then he is told the rest
 *     at once
 * @param expiry how long a message to a follower is tried
 * @param retryDelay the delay before the second attempt; it doubles with each further one
 * @param retryDelayMax the longest delay between two attempts
 * @param mail the server that mails go to
 */
@Validated
@ConfigurationProperties("mqtt-integration.activity")
record ActivitySettings(
    @DefaultValue("1m") @DurationMin(seconds = 1) Duration coalesce,
    @DefaultValue("5m") @DurationMin(seconds = 1) Duration outageAfter,
    @Nullable ZoneId timeZone,
    @DefaultValue("2s") Duration collect,
    @DefaultValue("15m") Duration digest,
    @DefaultValue("24h") @DurationMin(seconds = 1) Duration expiry,
    @DefaultValue("10s") @DurationMin(millis = 100) Duration retryDelay,
    @DefaultValue("30m") Duration retryDelayMax,
    @DefaultValue @NotNull Mail mail) {

  /**
   * The server that mails go to.
   *
   * @param host its name or address; none are sent when absent
   * @param port its port
   * @param security {@code none}, {@code starttls} (needed, not only tried) or {@code tls}
   * @param username the account there, none when absent
   * @param password its password
   * @param from the sender's address
   */
  record Mail(
      @Nullable String host,
      @DefaultValue("25") @Min(1) @Max(65_535) int port,
      @DefaultValue("none") Security security,
      @Nullable String username,
      @Nullable String password,
      @DefaultValue("mqtt-integration@localhost") String from) {

    /** How a mail server is spoken to. */
    enum Security {
      /** In clear. */
      NONE,
      /** TLS on the same connection. */
      STARTTLS,
      /** TLS from the first byte. */
      TLS
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Mail[host=%s, port=%d, security=%s, from=%s]".formatted(host, port, security, from);
    }
  }

  ZoneId zone() {
    return Objects.requireNonNullElseGet(timeZone, ZoneId::systemDefault);
  }
}
