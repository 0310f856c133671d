package org.mqttintegration.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schedule fires: the body of {@code direct:fireSchedule}.
 *
 * @param scheduleId the schedule
 * @param signalId the signal to send
 * @param scheduledAt the time that it was scheduled for
 * @param values those for the signal's template, {@code scheduledAt} among them
 */
record Firing(long scheduleId, long signalId, Instant scheduledAt, Map<String, JsonNode> values) {

  static Firing of(ScheduleEntity schedule, Instant scheduledAt) {
    return new Firing(
        schedule.id(), schedule.signalId, scheduledAt, values(schedule.values, scheduledAt));
  }

  /** What is sent under that key is sent once, also when a node that was killed did so. */
  String key() {
    return "schedule/%d/%s".formatted(scheduleId, scheduledAt);
  }

  private static Map<String, JsonNode> values(
      @Nullable Map<String, JsonNode> stored, Instant scheduledAt) {
    Map<String, JsonNode> values = new LinkedHashMap<>(stored == null ? Map.of() : stored);
    values.put("scheduledAt", TextNode.valueOf(scheduledAt.toString()));
    return values;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "Firing[scheduleId=%d, signalId=%d, scheduledAt=%s]"
        .formatted(scheduleId, signalId, scheduledAt);
  }
}
