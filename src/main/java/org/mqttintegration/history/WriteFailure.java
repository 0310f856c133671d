package org.mqttintegration.history;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.mqttintegration.resource.SqlState;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What a failure to write says about the rows. */
final class WriteFailure {

  /** SQLSTATE classes that speak of the row's values: cardinality, data, integrity, limits. */
  private static final Set<String> OF_DATA = Set.of("21", "22", "23", "54");

  private static final String UNIQUE_VIOLATION = "23505";

  private WriteFailure() {}

  /** Whether a row is to blame, so that trying the same rows again would fail again. */
  static boolean isOfData(Throwable failure) {
    String state = SqlState.of(failure);
    if (state != null) {
      return state.length() == 5 && OF_DATA.contains(state.substring(0, 2));
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException
          || cause instanceof TransactionException
          || cause instanceof DataAccessException
          || cause instanceof RejectedExecutionException
          || cause instanceof DirectConsumerNotAvailableException) {
        return false;
      }
    }
    return true;
  }

  /** Whether such a row is there already. */
  static boolean isOfUniqueness(Throwable failure) {
    return UNIQUE_VIOLATION.equals(SqlState.of(failure));
  }

  /** What went wrong at its root, without values of the row: PostgreSQL's detail has them. */
  static String summary(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String state = SqlState.of(failure);
    return root.getClass().getSimpleName() + (state == null ? "" : " SQLSTATE " + state);
  }
}
