/**
 * Secrets: stored encrypted, each for one name alone. The keys are outside the database.
 *
 * <p>{@link org.mqttintegration.secret.Secrets} is the way in. What is read from it is for the
 * connection that needs it, and for no answer, log line or error.
 */
@NullMarked
package org.mqttintegration.secret;

import org.jspecify.annotations.NullMarked;
