package org.mqttintegration.activity;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** Which events a follower is told of. */
@EnumNaming(CamelCaseStrategy.class)
enum FollowedEvents {
  /** All of them. */
  ALL,
  /** Those where something is wrong. */
  WARNINGS,
  /** None. */
  NONE
}
