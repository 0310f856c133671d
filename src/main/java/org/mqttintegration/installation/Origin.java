package org.mqttintegration.installation;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import org.jspecify.annotations.Nullable;

/** Where the value of a setting is from. */
@EnumNaming(CamelCaseStrategy.class)
enum Origin {
  /** Nobody set it. */
  DEFAULT,
  /** A file beside the application. */
  FILE,
  /** An environment variable. */
  ENVIRONMENT,
  /** A system property of Java. */
  SYSTEM_PROPERTY,
  /** An argument of the command line. */
  COMMAND_LINE,
  /** Somewhere else. */
  OTHER;

  /** That of a property source, as Spring calls these; null when there is none. */
  static Origin of(@Nullable String source) {
    if (source == null || source.startsWith("Config resource 'class path resource")) {
      return DEFAULT;
    }
    if (source.startsWith("Config resource") || source.startsWith("Config tree")) {
      return FILE;
    }
    return switch (source) {
      case "systemEnvironment" -> ENVIRONMENT;
      case "systemProperties" -> SYSTEM_PROPERTY;
      case "commandLineArgs" -> COMMAND_LINE;
      default -> OTHER;
    };
  }
}
