/**
 * What the zero-setup start needs beside the application: a PostgreSQL and an MQTT broker of its
 * own, with their data in one directory that only one instance at a time may use.
 *
 * <p>Either stays out when the settings name another one. Only the application itself looks in
 * here; features get a {@code DataSource} and a broker's address like any other.
 */
@NullMarked
package org.mqttintegration.embedded;

import org.jspecify.annotations.NullMarked;
