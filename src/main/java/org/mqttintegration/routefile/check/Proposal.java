package org.mqttintegration.routefile.check;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import org.jspecify.annotations.Nullable;

/**
 * Something that may stand at a place of a route file.
 *
 * @param text what to write there
 * @param kind what it is
 * @param description what it is for, null when nothing is known
 */
public record Proposal(String text, Kind kind, @Nullable String description) {

  /** What a proposal is. */
  @EnumNaming(CamelCaseStrategy.class)
  public enum Kind {
    /** A key of the DSL, such as a step or a language. */
    KEY,
    /** A component, as a URI begins with it. */
    COMPONENT,
    /** A parameter of an endpoint. */
    PARAMETER,
    /** One of the values that may stand there. */
    VALUE,
    /** The name of something that there is: a broker, a secret, a route template. */
    NAME
  }

  static Proposal of(String text, Kind kind) {
    return new Proposal(text, kind, null);
  }
}
