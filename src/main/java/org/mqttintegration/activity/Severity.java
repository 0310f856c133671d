package org.mqttintegration.activity;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import org.mqttintegration.resource.WireName;

/** Whether an entry tells of something that is wrong. */
@EnumNaming(CamelCaseStrategy.class)
public enum Severity {
  /** Nothing is wrong. */
  INFO,
  /** Somebody may have to do something. */
  WARNING;

  String word() {
    return WireName.of(this);
  }
}
