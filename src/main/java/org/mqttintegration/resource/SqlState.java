package org.mqttintegration.resource;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.function.Predicate;
import org.hibernate.exception.JDBCConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** The database's own reason for a failure. */
public final class SqlState {

  /** A lock was not had in time. */
  public static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Two waited for each other, and this one was ended. */
  public static final String DEADLOCK_DETECTED = "40P01";

  private static final List<Class<?>> AWAY =
      List.of(
          DataAccessResourceFailureException.class,
          CannotCreateTransactionException.class,
          JDBCConnectionException.class,
          SQLTransientConnectionException.class,
          SQLNonTransientConnectionException.class);

  /** SQLSTATE classes: connection, insufficient resources, operator intervention, system error. */
  private static final List<String> UNABLE = List.of("08", "53", "57", "58");

  private SqlState() {}

  /** Whether a failure is that the database is away or unable, so that it may work later. */
  public static boolean isAway(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (AWAY.stream().anyMatch(isInstance(cause)) || isUnable(cause)) {
        return true;
      }
    }
    return false;
  }

  private static Predicate<Class<?>> isInstance(Throwable cause) {
    return kind -> kind.isInstance(cause);
  }

  private static boolean isUnable(Throwable cause) {
    return cause instanceof SQLException sql
        && sql.getSQLState() != null
        && UNABLE.stream().anyMatch(sql.getSQLState()::startsWith);
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
