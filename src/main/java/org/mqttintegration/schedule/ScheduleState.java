package org.mqttintegration.schedule;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** Whether a schedule fires. */
@EnumNaming(CamelCaseStrategy.class)
public enum ScheduleState {
  /** It does. */
  ACTIVE,
  /** Not until it is resumed. */
  PAUSED,
  /** Nothing comes any more. */
  FINISHED
}
