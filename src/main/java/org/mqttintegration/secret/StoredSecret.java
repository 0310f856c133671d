package org.mqttintegration.secret;

import java.time.Instant;

/**
 * What may be told of a secret.
 *
 * @param name what it is of
 * @param updatedAt when its value was given
 */
public record StoredSecret(SecretName name, Instant updatedAt) {}
