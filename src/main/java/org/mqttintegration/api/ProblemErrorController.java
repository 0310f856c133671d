package org.mqttintegration.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what filters and Tomcat refuse by {@code sendError}. */
@Controller
class ProblemErrorController implements ErrorController {

  @RequestMapping("${server.error.path:/error}")
  ResponseEntity<Problem> error(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    // without an error: somebody asked for the error path itself
    int code = status instanceof Integer known ? known : 404;
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return ResponseEntity.status(code)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(
            Problem.ofStatus(
                code,
                detail(code),
                String.valueOf(Objects.requireNonNullElse(path, request.getRequestURI()))));
  }

  /** What to say about a status of which nothing more is known. */
  static String detail(int status) {
    return switch (status) {
      case 404 -> "There is nothing at this path.";
      case 503 -> "It took too long, or the server is stopping; try again later.";
      default -> status < 500 ? "The request cannot be understood." : "The log has more.";
    };
  }
}
