package org.mqttintegration.activity;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** What an activity is. */
@EnumNaming(CamelCaseStrategy.class)
enum ActivityType {
  /** Something to do. */
  TODO,
  /** Somebody to call. */
  CALL,
  /** Something to look at. */
  CHECK,
  /** A broker's connection is away; it opened by itself. */
  OUTAGE
}
