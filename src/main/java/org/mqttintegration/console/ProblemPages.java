package org.mqttintegration.console;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.SqlState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.ModelAndView;

/** What people see instead of a page when something is wrong: what it is, and where to go on. */
@Controller
@ControllerAdvice(basePackageClasses = ProblemPages.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemPages {

  static final String DENIED = ProblemPages.class.getName();

  private static final Logger LOG = LoggerFactory.getLogger(ProblemPages.class);

  @ExceptionHandler
  ModelAndView refused(ProblemException problem, HttpServletResponse response) {
    return page(problem.type().status(), problem.type().title(), problem.detail(), response)
        .addObject("errors", problem.errors());
  }

  @ExceptionHandler
  ModelAndView denied(AccessDeniedException denied, HttpServletResponse response) {
    return page(403, ProblemType.FORBIDDEN.title(), "Your account may not do that.", response);
  }

  /** The page was closed while it was written to; nobody reads what is wrong. */
  @ExceptionHandler({AsyncRequestNotUsableException.class, ClientAbortException.class})
  @Nullable ModelAndView gone() {
    return null;
  }

  @ExceptionHandler
  ModelAndView failed(Exception failure, HttpServletRequest request, HttpServletResponse response) {
    if (SqlState.isAway(failure)) {
      return databaseAway(response);
    }
    LOG.error("Page failed path={}", request.getRequestURI(), failure);
    return page(500, ProblemType.INTERNAL.title(), "The log has more.", response);
  }

  /** What the security chain refused: mostly a form that was open too long. */
  @RequestMapping(ConsoleSecurity.PROBLEM)
  ModelAndView refused(HttpServletRequest request, HttpServletResponse response) {
    return request.getAttribute(DENIED) == null
        ? nothingHere(response)
        : page(
            403,
            ProblemType.FORBIDDEN.title(),
            "The page was open too long, or came from elsewhere. Go back, reload it, and try again.",
            response);
  }

  /** A path of the console that no page has. */
  @RequestMapping(ConsoleSecurity.BASE + "/**")
  ModelAndView nothingHere(HttpServletResponse response) {
    return page(404, "There is nothing here", "No page of the console has this address.", response);
  }

  /** What filters and Tomcat refuse, for browsers. */
  @RequestMapping(path = "${server.error.path:/error}", produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView error(HttpServletRequest request, HttpServletResponse response) {
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure
        && SqlState.isAway(failure)) {
      return databaseAway(response);
    }
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int code = status instanceof Integer known ? known : 404;
    return switch (code) {
      case 401 ->
          page(code, ProblemType.NOT_SIGNED_IN.title(), "Your sign-in has ended.", response);
      case 404 -> nothingHere(response);
      case 429 ->
          page(
              code, ProblemType.TOO_MANY_REQUESTS.title(), "Wait a little, then reload.", response);
      default ->
          page(
              code,
              code < 500 ? "The request cannot be understood" : ProblemType.INTERNAL.title(),
              code < 500 ? "Go back, and try again." : "The log has more.",
              response);
    };
  }

  private static ModelAndView databaseAway(HttpServletResponse response) {
    return page(
        ProblemType.DATABASE_UNAVAILABLE.status(),
        ProblemType.DATABASE_UNAVAILABLE.title(),
        "What is received waits at the brokers meanwhile. Reload in a while.",
        response);
  }

  private static ModelAndView page(
      int status, String title, String detail, HttpServletResponse response) {
    response.setStatus(status);
    return new ModelAndView("console/problem")
        .addObject("title", title)
        .addObject("detail", detail)
        .addObject("errors", List.of()); // a page that failed may have left its own
  }
}
