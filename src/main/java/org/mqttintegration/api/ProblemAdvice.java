package org.mqttintegration.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Objects;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers what Spring MVC refuses, so that Camel never sees it, as everything else is answered. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<Object> refused(ProblemException problem, HttpServletRequest request) {
    return answer(Problem.of(problem, request.getRequestURI()), new HttpHeaders());
  }

  /** As many wait as may, or the server stops. */
  @ExceptionHandler
  ResponseEntity<Object> busy(TaskRejectedException busy, HttpServletRequest request) {
    return refused(ProblemException.notServing(), request);
  }

  /** Who asked has gone, and reads no answer. */
  @ExceptionHandler
  @Nullable ResponseEntity<Object> gone(ClientAbortException gone) {
    return null;
  }

  @ExceptionHandler
  ResponseEntity<Object> failed(Exception failure, HttpServletRequest request) {
    LOG.error("Request failed path={}", request.getRequestURI(), failure);
    return answer(
        Problem.ofStatus(500, "The log has more.", request.getRequestURI()), new HttpHeaders());
  }

  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception refusal,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String path = ((ServletWebRequest) request).getRequest().getRequestURI();
    return answer(Problem.ofStatus(status.value(), detail(refusal, status), path), headers);
  }

  private static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers) {
    HttpHeaders all = new HttpHeaders(headers);
    all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return ResponseEntity.status(problem.status()).headers(all).body(problem);
  }

  private static String detail(Exception refusal, HttpStatusCode status) {
    if (refusal instanceof HttpRequestMethodNotSupportedException method) {
      String[] offered = Objects.requireNonNullElse(method.getSupportedMethods(), new String[0]);
      return "This path offers %s.".formatted(String.join(", ", sorted(offered)));
    }
    return ProblemErrorController.detail(status.value());
  }

  private static String[] sorted(String[] methods) {
    return Arrays.stream(methods).sorted().toArray(String[]::new);
  }
}
