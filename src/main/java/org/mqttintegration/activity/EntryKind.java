package org.mqttintegration.activity;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import org.mqttintegration.resource.WireName;

/** What an entry of a story is. */
@EnumNaming(CamelCaseStrategy.class)
enum EntryKind {
  /** Somebody changed the record. */
  CHANGE,
  /** Something happened to it. */
  EVENT,
  /** Somebody wrote something about it. */
  NOTE;

  String word() {
    return WireName.of(this);
  }
}
