package org.mqttintegration.activity;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.time.LocalDate;

/** Where an activity stands. */
@EnumNaming(CamelCaseStrategy.class)
enum ActivityState {
  /** It was due before today. */
  OVERDUE,
  /** It is due today. */
  TODAY,
  /** It is due later. */
  PLANNED,
  /** Somebody did it. */
  DONE,
  /** Nobody needs to do it. */
  CANCELLED;

  static ActivityState of(String status, LocalDate due, LocalDate today) {
    return switch (status) {
      case "done" -> DONE;
      case "cancelled" -> CANCELLED;
      default -> due.isBefore(today) ? OVERDUE : due.equals(today) ? TODAY : PLANNED;
    };
  }
}
