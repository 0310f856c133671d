/**
 * What runs here, and with which settings.
 *
 * <p>What settings there are is read from what the build notes of them, Spring's configuration
 * metadata; {@link org.mqttintegration.installation.Disclosure} decides what is told of a value.
 */
@NullMarked
package org.mqttintegration.installation;

import org.jspecify.annotations.NullMarked;
