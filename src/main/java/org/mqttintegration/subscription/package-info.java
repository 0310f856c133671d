/**
 * Subscriptions: which topics of a broker are wanted. The wanted state is in the database; each
 * wanted subscription has a route, made from one route template, and {@code mqtt} knows what the
 * broker answered.
 */
@NullMarked
package org.mqttintegration.subscription;

import org.jspecify.annotations.NullMarked;
