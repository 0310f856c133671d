package org.mqttintegration.send;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends that were accepted together, as everybody may see them.
 *
 * @param id its id
 * @param lines how many lines the request had
 * @param accepted how many of them are sends
 * @param createdAt when they were accepted
 * @param finishedAt when the last of them had its outcome, null while one has none
 * @param counts how many of them are how far; sends are deleted some time after their outcome
 */
record SendBatch(
    long id,
    int lines,
    int accepted,
    Instant createdAt,
    @Nullable Instant finishedAt,
    Map<SendStatus, Long> counts) {}
