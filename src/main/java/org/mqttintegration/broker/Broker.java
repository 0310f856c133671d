package org.mqttintegration.broker;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.BrokerCapabilities;
import org.mqttintegration.mqtt.UserProperty;

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
 * @param clientKeySet whether a private key is stored
 * @param keepalive the Keep Alive in seconds
 * @param connectTimeout how long each step of connecting may take, in seconds
 * @param note anything worth knowing
 * @param cleanStart whether a session that the broker still has is dropped on connecting
 * @param sessionExpiry how long the broker keeps the session while we are away, in seconds
 * @param receiveMaximum how many QoS 1 and 2 messages may be unacknowledged
 * @param sharedConnections how many further connections share the messages of its shared
 *     subscriptions
 * @param maximumPacketSize the largest packet that the broker may send, in bytes
 * @param userProperties the User Properties of CONNECT
 * @param will the message that the broker publishes when it loses us
 * @param webSocket how a WebSocket is asked for
 * @param tls whom to trust, and who we are
 * @param connectionStatus how the last check came out
 * @param connectionMessage what the last check found
 * @param connectionCheckedAt when that was
 * @param liveStatus what the connection is doing now: disconnected, connecting or connected
 * @param liveStatusSince since when
 * @param liveStatusMessage why, null when there is nothing to say
 * @param capabilities what the broker said that it can do when it was connected to last; null while
 *     it never was
 * @param warnings what will go wrong before long: certificates that end
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
    boolean clientKeySet,
    int keepalive,
    int connectTimeout,
    @Nullable String note,
    boolean cleanStart,
    long sessionExpiry,
    int receiveMaximum,
    int sharedConnections,
    int maximumPacketSize,
    List<UserProperty> userProperties,
    @Nullable Will will,
    @Nullable WebSocket webSocket,
    @Nullable Tls tls,
    CheckStatus connectionStatus,
    @Nullable String connectionMessage,
    @Nullable Instant connectionCheckedAt,
    String liveStatus,
    Instant liveStatusSince,
    @Nullable String liveStatusMessage,
    @Nullable BrokerCapabilities capabilities,
    List<String> warnings) {}
