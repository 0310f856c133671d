package org.mqttintegration.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Serves the operations that answer with lines, in the place of Camel's consumer. That one would
 * end such an answer when it took a while, and end it as if it were whole when its body failed.
 */
@Component
class LinesHandler implements HttpRequestHandler {

  /** Each has a thread of the web server for as long as somebody reads it. */
  private static final int AT_ONCE = 16;

  private static final Duration LATER = Duration.ofSeconds(10);

  private final ContractAuthorization contract;
  private final Operations operations;
  private final ProblemJson problems;
  private final Semaphore free = new Semaphore(AT_ONCE);

  LinesHandler(ContractAuthorization contract, Operations operations, ProblemJson problems) {
    this.contract = contract;
    this.operations = operations;
    this.problems = problems;
  }

  /** Before Camel's mapping, which has these paths too. */
  @Component
  static class Mapping {

    @Bean
    SimpleUrlHandlerMapping lines(Contract contract, LinesHandler handler) {
      Map<String, LinesHandler> paths =
          contract.places(Contract::answersInLines).stream()
              .collect(Collectors.toMap(Contract.Place::path, place -> handler));
      return new SimpleUrlHandlerMapping(paths, Ordered.HIGHEST_PRECEDENCE);
    }
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!free.tryAcquire()) {
      refuse(
          new ProblemException(
                  ProblemType.TOO_MANY_REQUESTS,
                  "%d exports are read already. Try again later.".formatted(AT_ONCE))
              .retryAfter(LATER),
          request,
          response);
      return;
    }
    try {
      operations.open(asked(request)).send(request, response);
    } catch (ProblemException problem) {
      refuse(problem, request, response);
    } finally {
      free.release();
    }
  }

  private OperationRequest asked(HttpServletRequest request) {
    String id = Objects.requireNonNull(contract.operation(request)).getOperationId();
    return OperationRequest.of(id)
        .rawQuery(request.getQueryString())
        .header(HttpHeaders.ACCEPT, request.getHeader(HttpHeaders.ACCEPT));
  }

  private void refuse(
      ProblemException problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Duration wait = problem.retryAfter();
    if (wait != null) {
      response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait.toSeconds()));
    }
    problems.answer(response, Problem.of(problem, request.getRequestURI()));
  }
}
