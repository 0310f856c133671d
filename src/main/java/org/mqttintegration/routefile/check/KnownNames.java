package org.mqttintegration.routefile.check;

import java.util.Collection;

/**
 * What there is for a file to name.
 *
 * @param brokers the names of the brokers
 * @param secrets the names of the secrets
 * @param templates the route templates of all files
 * @param kamelets the kamelets of all files
 * @param directs the names of {@code direct:} that routes begin with
 */
public record KnownNames(
    Collection<String> brokers,
    Collection<String> secrets,
    Collection<String> templates,
    Collection<String> kamelets,
    Collection<String> directs) {}
