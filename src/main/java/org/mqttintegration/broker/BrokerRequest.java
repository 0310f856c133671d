package org.mqttintegration.broker;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
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
 * @param keepalive the Keep Alive in seconds, 0 (off) to 65,535; 60 when absent
 * @param connectTimeout how long each step of connecting may take, in seconds, 1 to 3,600; 10 when
 *     absent
 * @param note anything worth knowing
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
    @Min(value = 0, message = KEEPALIVE) @Max(value = 65_535, message = KEEPALIVE)
        @Nullable Integer keepalive,
    @Min(value = 1, message = TIMEOUT) @Max(value = 3_600, message = TIMEOUT)
        @Nullable Integer connectTimeout,
    @Utf8String(maxBytes = 65_535) @Nullable String note) {

  private static final String PORT = "A port is between 1 and 65535.";
  private static final String KEEPALIVE = "Keepalive is between 0 (off) and 65535 seconds.";
  private static final String TIMEOUT = "The connect timeout is between 1 and 3600 seconds.";
}
