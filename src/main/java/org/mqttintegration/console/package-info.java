/**
 * The pages for people, below {@code /console}. A page asks the operations of the contract ({@link
 * org.mqttintegration.api.Operations}) as whoever is signed in, and draws what they answer: it can
 * do no more than REST, and nobody may do more by it. Templates are in {@code templates/console}.
 *
 * <p>{@link org.mqttintegration.console.ConsoleSecurity} says who gets in: by a session, whose
 * cookie goes no further than these pages.
 */
@NullMarked
package org.mqttintegration.console;

import org.jspecify.annotations.NullMarked;
