package org.mqttintegration.api;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Answers a failed exchange with a problem; logs what is not the caller's to mend, once. */
@Component
class FailureAnswer implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(FailureAnswer.class);

  private static final String PROBLEM = FailureAnswer.class.getName();

  private final ProblemJson problems;

  FailureAnswer(ProblemJson problems) {
    this.problems = problems;
  }

  @Override
  public void process(Exchange exchange) {
    answer(exchange, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    if (exchange.isTransacted()) {
      // handled, so the exchange is no failure any more, and would be committed
      exchange.setRollbackOnly(true);
    }
  }

  void answer(Exchange exchange, Throwable failure) {
    String path = path(exchange);
    ProblemException problem = FailureProblem.of(failure, exchange.getExchangeId());
    log(problem, failure, path, exchange.getExchangeId());
    exchange.setProperty(PROBLEM, problem);
    problems.answer(exchange, Problem.of(problem, path));
    Duration retryAfter = problem.retryAfter();
    if (retryAfter != null) {
      exchange.getMessage().setHeader("Retry-After", retryAfter.toSeconds());
    }
  }

  private static void log(
      ProblemException problem, Throwable failure, String path, String exchangeId) {
    if (problem.type() == ProblemType.INTERNAL && problem != failure) {
      LOG.error("Request failed path={} exchange={}", path, exchangeId, failure);
    } else if (problem.type() == ProblemType.DATABASE_UNAVAILABLE) {
      LOG.warn(
          "Database unavailable path={} exchange={} cause={}",
          path,
          exchangeId,
          failure.getClass().getName());
    }
  }

  /** What an exchange was answered with, null when it did not fail. */
  static @Nullable ProblemException problem(Exchange exchange) {
    return exchange.getProperty(PROBLEM, ProblemException.class);
  }

  static String path(Exchange exchange) {
    return exchange.getMessage().getHeader(Exchange.HTTP_URI, "", String.class);
  }
}
