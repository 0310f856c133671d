package org.mqttintegration.routefile;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** What became of a file. */
@EnumNaming(CamelCaseStrategy.class)
public enum RouteFileStatus {
  /** It runs as it is stored. */
  RUNNING,
  /** It is wrong; an older version of it may run. */
  REFUSED,
  /** It is right, and all its routes are stopped. */
  STOPPED
}
