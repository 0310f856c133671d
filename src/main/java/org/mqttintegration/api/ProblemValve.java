package org.mqttintegration.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers what Tomcat refuses before any filter, such as a broken request line: no HTML page. */
public final class ProblemValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    try {
      String path = request.getRequestURI() == null ? "" : request.getRequestURI();
      Problem problem = Problem.ofStatus(status, ProblemErrorController.detail(status), path);
      response.setContentType(Problem.MEDIA_TYPE);
      response
          .getOutputStream()
          .write(new ObjectMapper().writeValueAsString(problem).getBytes(StandardCharsets.UTF_8));
      response.finishResponse();
    } catch (IOException | IllegalStateException e) {
      // the caller is gone, or has its answer already
      response.setSuspended(true);
    }
  }
}
