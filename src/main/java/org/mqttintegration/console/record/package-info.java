/**
 * Lists, forms and pages of records: brokers, subscriptions, signals and schedules, each with its
 * story. What they have in common is drawn from the contract; {@link
 * org.mqttintegration.console.record.RecordType} says what is a kind's own.
 */
@NullMarked
package org.mqttintegration.console.record;

import org.jspecify.annotations.NullMarked;
