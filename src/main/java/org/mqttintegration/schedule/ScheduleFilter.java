package org.mqttintegration.schedule;

import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.Filter;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which schedules to list; null lets all through.
 *
 * @param signalId the signal
 */
public record ScheduleFilter(@Nullable Long signalId) {

  Specification<ScheduleEntity> specification() {
    return Filter.equal("signalId", signalId);
  }
}
