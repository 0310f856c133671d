/**
 * Configuration as code: brokers, subscriptions, signals, schedules and route files as one document
 * that is exported, kept with other code, compared and imported. Records are known by names in it,
 * never by ids; each change goes through the operation that REST has for it.
 */
@NullMarked
package org.mqttintegration.configuration;

import org.jspecify.annotations.NullMarked;
