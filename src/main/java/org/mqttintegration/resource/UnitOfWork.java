package org.mqttintegration.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  private static final Logger LOG = LoggerFactory.getLogger(UnitOfWork.class);

  /** What the works of this thread that are done together have left for afterwards. */
  private static final ThreadLocal<@Nullable List<Runnable>> AFTERWARDS = new ThreadLocal<>();

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

  /**
   * Does several works as one: all of them are committed, or none. What they do {@link #afterwards}
   * waits for that commit, and is left undone without it.
   *
   * @param works each commits as ever, and takes part in this commit
   * @param keep whether the result is to be committed; else everything is as it was
   */
  @SuppressWarnings("NullAway") // works that give no null get none back
  public <T> T together(Supplier<T> works, Predicate<T> keep) {
    List<Runnable> left = new ArrayList<>();
    AFTERWARDS.set(left);
    T result;
    try {
      result =
          transactions.execute(
              status -> {
                T done = works.get();
                if (!keep.test(done)) {
                  status.setRollbackOnly();
                  left.clear();
                }
                return done;
              });
    } finally {
      AFTERWARDS.remove();
    }
    left.forEach(UnitOfWork::attempt);
    return result;
  }

  /**
   * Does at once what follows a commit; after the commit of them all, where works are one. What
   * fails of it is logged: the commit stands, and who follows it looks again now and then.
   */
  public void afterwards(Runnable follow) {
    List<Runnable> left = AFTERWARDS.get();
    if (left == null) {
      attempt(follow);
    } else {
      left.add(follow);
    }
  }

  private static void attempt(Runnable follow) {
    try {
      follow.run();
    } catch (RuntimeException e) {
      LOG.error("a stored change has no effect yet", e);
    }
  }

  private static @Nullable String constraint(DataIntegrityViolationException e) {
    return NestedExceptionUtils.getMostSpecificCause(e) instanceof PSQLException refusal
            && refusal.getServerErrorMessage() != null
        ? refusal.getServerErrorMessage().getConstraint()
        : null;
  }
}
