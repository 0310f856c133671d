package org.mqttintegration.history;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import org.mqttintegration.resource.WireName;

/** Which way a message went. */
@EnumNaming(CamelCaseStrategy.class)
public enum Direction {
  /** To a broker. */
  SEND,
  /** From a broker. */
  RECEIVE;

  /** The word in the database, in requests and in answers. */
  String word() {
    return WireName.of(this);
  }
}
