package org.mqttintegration.access;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import jakarta.persistence.Converter;
import org.mqttintegration.resource.WireNameConverter;

/** What an account may do; each role may what those before it may. */
@EnumNaming(CamelCaseStrategy.class)
public enum Role {
  /** Reads. */
  VIEWER,
  /** Subscribes, sends, checks, tries again. */
  OPERATOR,
  /** Sets up brokers, route files, users and secrets. */
  ADMINISTRATOR;

  /** Whether this role may what that one may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** The lesser of two roles. */
  public static Role lesser(Role one, Role other) {
    return one.includes(other) ? other : one;
  }

  @Converter(autoApply = true)
  static class Stored extends WireNameConverter<Role> {
    Stored() {
      super(Role.class);
    }
  }
}
