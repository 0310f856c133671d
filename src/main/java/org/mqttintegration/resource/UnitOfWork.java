package org.mqttintegration.resource;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.postgresql.util.PSQLException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes in one transaction. What the constraints of the database refuse becomes a problem that the
 * caller understands; they hold under concurrent requests too, where a look-up before would not.
 */
@Component
public class UnitOfWork {

  private final TransactionOperations transactions;

  UnitOfWork(TransactionOperations transactions) {
    this.transactions = transactions;
  }

  /**
   * Does the work and commits it.
   *
   * @param work must flush what it writes
   * @param constraints the problem that breaking a constraint is, by the constraint's name
   */
  @SuppressWarnings("NullAway") // a work that gives no null gets none back
  public <T> T commit(Supplier<T> work, Map<String, Supplier<ProblemException>> constraints) {
    try {
      return transactions.execute(status -> work.get());
    } catch (DataIntegrityViolationException e) {
      Supplier<ProblemException> problem = constraints.get(String.valueOf(constraint(e)));
      throw problem == null ? e : problem.get();
    }
  }

  private static @Nullable String constraint(DataIntegrityViolationException e) {
    return NestedExceptionUtils.getMostSpecificCause(e) instanceof PSQLException refusal
            && refusal.getServerErrorMessage() != null
        ? refusal.getServerErrorMessage().getConstraint()
        : null;
  }
}
