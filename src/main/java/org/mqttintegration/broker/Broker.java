package org.mqttintegration.broker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A broker as everybody may see it.
 *
 * @param id its id, for good
 * @param name what people call it
 * @param urlScheme how MQTT reaches it
 * @param host its host name or address
 * @param port its port
 * @param clientId the Client Identifier
 * @param username the User Name
 * @param passwordSet whether a Password is stored
 * @param keepalive the Keep Alive in seconds
 * @param connectTimeout how long each step of connecting may take, in seconds
 * @param note anything worth knowing
 * @param connectionStatus how the last check came out
 * @param connectionMessage what the last check found
 * @param connectionCheckedAt when that was
 * @param liveStatus what the connection is doing now: disconnected, connecting or connected
 * @param liveStatusSince since when
 * @param liveStatusMessage why, null when there is nothing to say
 */
public record Broker(
    long id,
    String name,
    UrlScheme urlScheme,
    String host,
    int port,
    String clientId,
    @Nullable String username,
    boolean passwordSet,
    int keepalive,
    int connectTimeout,
    @Nullable String note,
    CheckStatus connectionStatus,
    @Nullable String connectionMessage,
    @Nullable Instant connectionCheckedAt,
    String liveStatus,
    Instant liveStatusSince,
    @Nullable String liveStatusMessage) {}
