package org.mqttintegration.secret;

/**
 * What may be told of a key.
 *
 * @param keyId its id
 * @param newest whether it encrypts what is given from now on
 * @param secrets how many secrets it opens
 */
public record KeyUse(String keyId, boolean newest, int secrets) {}
