package org.mqttintegration.mqtt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An application event: a connection's status changed.
 *
 * @param key the key under which the connection was opened
 * @param status the new status
 * @param sessionPresent when connected, whether the broker resumed the session of the connection
 *     before (MQTT 5, section 3.2.2.1.1), so that it sends what it queued in between; null when not
 *     connected
 * @param cleanStart when connected, whether CONNECT asked for a new session (section 3.1.2.4);
 *     false when not connected
 * @param heardUntil until when all that the broker sent has come, on the connection that was lost
 *     last
 * @param failure why the connection is not there although it is wanted; null when it is there, is
 *     being made for the first time or anew with other options, or is not wanted
 */
public record ConnectionChanged(
    String key,
    ConnectionStatus status,
    @Nullable Boolean sessionPresent,
    boolean cleanStart,
    Instant heardUntil,
    @Nullable Failure failure) {

  /**
   * Why an attempt failed, or a connection ended.
   *
   * @param reason for a person to read
   * @param refused whether the broker, or our own rule, does not want it, so that another attempt
   *     changes nothing by itself
   */
  public record Failure(String reason, boolean refused) {}
}
