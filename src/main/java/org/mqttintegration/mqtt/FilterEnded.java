package org.mqttintegration.mqtt;

import java.time.Instant;

/**
 * An application event: the broker answered an UNSUBSCRIBE, its session is without that filter.
 *
 * @param key the key under which the connection was opened
 * @param topicFilter the filter
 * @param askedAt when the UNSUBSCRIBE was sent
 */
public record FilterEnded(String key, String topicFilter, Instant askedAt) {}
