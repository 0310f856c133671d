package org.mqttintegration.secret;

import java.util.List;

/**
 * What encrypting everything again did.
 *
 * @param keyId the newest key, which opens every secret now
 * @param secrets how many secrets there are
 * @param reencrypted how many of them another key had opened until then
 * @param unusedKeyIds the other keys; no secret needs them
 */
public record Reencryption(String keyId, int secrets, int reencrypted, List<String> unusedKeyIds) {}
