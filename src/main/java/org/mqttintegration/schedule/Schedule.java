package org.mqttintegration.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as everybody may see it.
 *
 * @param id its id
 * @param signalId the signal that it sends
 * @param at when it sends once, null when it has an interval or an expression
 * @param every the interval as an ISO 8601 duration, null when it has none
 * @param cron the expression, null when it has none
 * @param timeZone the expression's time zone, null without one
 * @param startAt the first instant that it may fire at, null when it always could
 * @param endAt the instant that it no longer fires at, null for never
 * @param misfire what becomes of firings that were missed
 * @param values the values for the signal's template, null for none
 * @param state whether it fires
 * @param nextFirings the next five, from now on; none unless it is active
 * @param lastFiredAt the time that its last firing was scheduled for, null when it never fired
 * @param lastError why the last firing that sent nothing did not, null when each did
 * @param lastErrorAt the time that firing was scheduled for
 * @param displayName the signal's name and when it is sent, for a person to read
 */
public record Schedule(
    long id,
    long signalId,
    @Nullable Instant at,
    @Nullable String every,
    @Nullable String cron,
    @Nullable String timeZone,
    @Nullable Instant startAt,
    @Nullable Instant endAt,
    Misfire misfire,
    @Nullable Map<String, JsonNode> values,
    ScheduleState state,
    List<Instant> nextFirings,
    @Nullable Instant lastFiredAt,
    @Nullable String lastError,
    @Nullable Instant lastErrorAt,
    String displayName) {}
