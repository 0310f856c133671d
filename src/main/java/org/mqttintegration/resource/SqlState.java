package org.mqttintegration.resource;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database's own reason for a failure. */
public final class SqlState {

  private SqlState() {}

  /** The SQLSTATE of the first of a failure's causes that has one, null when none has. */
  public static @Nullable String of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return null;
  }
}
