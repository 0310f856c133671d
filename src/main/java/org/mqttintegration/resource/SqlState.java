package org.mqttintegration.resource;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The database's own reason for a failure. */
public final class SqlState {

  /** SQLSTATE classes: connection, insufficient resources, operator intervention, system error. */
  private static final List<String> UNABLE = List.of("08", "53", "57", "58");

  private SqlState() {}

  /** Whether a failure is that the database is away, so that it may work later. */
  public static boolean isAway(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || cause instanceof SQLNonTransientConnectionException
          || (cause instanceof SQLException sql
              && sql.getSQLState() != null
              && UNABLE.stream().anyMatch(sql.getSQLState()::startsWith))) {
        return true;
      }
    }
    return false;
  }

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
