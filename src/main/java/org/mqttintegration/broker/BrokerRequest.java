package org.mqttintegration.broker;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.resource.Utf8String;
import org.mqttintegration.resource.WriteOnly;

/**
 * What a broker shall be.
 *
 * @param name what people call it, unique
 * @param urlScheme how MQTT reaches it; {@code mqtt} when absent
 * @param host a host name, an IPv4 or an IPv6 address
 * @param port 1 to 65,535; the scheme's when absent
 * @param clientId the Client Identifier, unique; when absent it stays, or is generated for a new
 *     broker
 * @param username the User Name, none when absent
 * @param password the Password; absent keeps what is stored, null removes it
 * @param clientKey the private key of {@code tls.certificateFile}, PKCS#8 as PEM, in place of a
 *     file; absent keeps what is stored, null removes it
 * @param keepalive the Keep Alive in seconds, 0 (off) to 65,535; 60 when absent
 * @param connectTimeout how long each step of connecting may take, in seconds, 1 to 3,600; 10 when
 *     absent
 * @param note anything worth knowing
 * @param cleanStart whether a session that the broker still has is dropped on connecting; false
 *     when absent
 * @param sessionExpiry how long the broker keeps the session while we are away, in seconds, 0 to
 *     4,294,967,295 (for ever); 604,800 when absent
 * @param receiveMaximum how many QoS 1 and 2 messages the broker may send before we acknowledge
 *     one, 1 to 65,535; 1,000 when absent
 * @param maximumPacketSize the largest packet that the broker may send, 1 to 268,435,460 bytes;
 *     16,777,216 when absent
 * @param userProperties the User Properties of CONNECT; none when absent
 * @param will the message that the broker publishes when it loses us, none when absent
 * @param webSocket how a WebSocket is asked for; the usual way when absent
 * @param tls whom to trust, and who we are; the system's authorities when absent
 * @param sharedConnections how many further connections share the messages of its shared
 *     subscriptions, 0 to 16; 0 when absent: its one connection has them too
 */
public record BrokerRequest(
    @NotBlank(message = "A broker has a name.") @Utf8String(maxBytes = 255) @Nullable String name,
    @Nullable UrlScheme urlScheme,
    @NotNull(message = "A broker has a host.") @BrokerHost @Nullable String host,
    @Min(value = 1, message = PORT) @Max(value = 65_535, message = PORT) @Nullable Integer port,
    @Pattern(regexp = "(?s).*\\S.*", message = "A client id has at least one character.")
        @Utf8String(maxBytes = 1_024)
        @Nullable String clientId,
    @Utf8String(maxBytes = 65_535) @Nullable String username,
    @Utf8String(maxBytes = 65_535) @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable WriteOnly password,
    @Utf8String(maxBytes = 65_535) @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable WriteOnly clientKey,
    @Min(value = 0, message = KEEPALIVE) @Max(value = 65_535, message = KEEPALIVE)
        @Nullable Integer keepalive,
    @Min(value = 1, message = TIMEOUT) @Max(value = 3_600, message = TIMEOUT)
        @Nullable Integer connectTimeout,
    @Utf8String(maxBytes = 65_535) @Nullable String note,
    @Nullable Boolean cleanStart,
    @Min(value = 0, message = EXPIRY) @Max(value = MAX_SECONDS, message = EXPIRY)
        @Nullable Long sessionExpiry,
    @Min(value = 1, message = RECEIVE) @Max(value = 65_535, message = RECEIVE)
        @Nullable Integer receiveMaximum,
    @Min(value = 1, message = PACKET) @Max(value = 268_435_460, message = PACKET)
        @Nullable Integer maximumPacketSize,
    @Nullable List<UserProperty> userProperties,
    @Nullable Will will,
    @Nullable WebSocket webSocket,
    @Nullable Tls tls,
    @Min(value = 0, message = SHARED) @Max(value = 16, message = SHARED)
        @Nullable Integer sharedConnections) {

  /** The largest Four Byte Integer (MQTT 5, section 1.5.3). */
  static final long MAX_SECONDS = 4_294_967_295L;

  private static final String EXPIRY =
      "Session expiry is between 0 and 4294967295 seconds, the last one is for ever.";
  private static final String RECEIVE = "The receive maximum is between 1 and 65535.";
  private static final String PACKET = "The maximum packet size is between 1 and 268435460 bytes.";

  private static final String SHARED = "Between 0 and 16 connections share.";
  private static final String PORT = "A port is between 1 and 65535.";
  private static final String KEEPALIVE = "Keepalive is between 0 (off) and 65535 seconds.";
  private static final String TIMEOUT = "The connect timeout is between 1 and 3600 seconds.";

  /** A broker with nothing but the defaults. */
  public static BrokerRequest of(
      String name,
      @Nullable UrlScheme urlScheme,
      String host,
      @Nullable Integer port,
      @Nullable String note) {
    return new BrokerRequest(
        name, urlScheme, host, port, null, null, null, null, null, null, note, null, null, null,
        null, null, null, null, null, null);
  }
}
