package org.mqttintegration.activity;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** How a follower is told. */
@EnumNaming(CamelCaseStrategy.class)
enum FollowerType {
  /** A user, by the mail address of his account. */
  USER,
  /** A mail address. */
  MAIL,
  /** A URL that is posted to. */
  WEBHOOK
}
