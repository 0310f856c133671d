package org.mqttintegration.node;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** How a node is doing. */
@EnumNaming(CamelCaseStrategy.class)
public enum NodeState {
  /** It gives signs of life. */
  RUNNING,
  /** It has not been heard of for the lease time: what it had is others'. */
  SILENT,
  /** It said that it ended, or one of its name has started since. */
  STOPPED
}
