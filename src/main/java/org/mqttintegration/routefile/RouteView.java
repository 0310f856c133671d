package org.mqttintegration.routefile;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route of a file, as REST shows it.
 *
 * @param id its id
 * @param file the file that it is of
 * @param description what it is for, null when the file says nothing
 * @param from what it begins with, secrets hidden
 * @param to the endpoints that it goes on to, in the order of its steps, each once; secrets hidden
 * @param state Camel's word for it, such as started or stopped
 * @param since when it was started, null when it never was
 * @param exchanges how many exchanges it completed since then
 * @param failures how many of these failed for good
 * @param inFlight how many exchanges it works on now
 * @param deadLetters how many exchanges that failed for good wait to be tried again
 * @param lastError the newest failure, null when there was none
 * @param lastErrorAt when that was
 * @param position the last history entry before which all is done; null when it is not durable
 * @param lag how many messages of the history are behind that; null when it is not durable
 * @param waitingFor what keeps a durable route from going on; null when nothing does
 */
public record RouteView(
    String id,
    String file,
    @Nullable String description,
    String from,
    List<String> to,
    String state,
    @Nullable Instant since,
    long exchanges,
    long failures,
    long inFlight,
    long deadLetters,
    @Nullable String lastError,
    @Nullable Instant lastErrorAt,
    @Nullable Long position,
    @Nullable Long lag,
    @Nullable String waitingFor) {}
