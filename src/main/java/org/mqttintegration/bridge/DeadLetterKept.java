package org.mqttintegration.bridge;

/**
 * An application event: an exchange failed for good, and a dead letter is kept of it.
 *
 * @param routeId the route that it failed in
 * @param id the dead letter
 * @param exception the class of the failure
 */
public record DeadLetterKept(String routeId, long id, String exception) {}
