package org.mqttintegration.send;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;

/**
 * What one line of a batch is answered: a send, or a problem (RFC 9457).
 *
 * @param line its number, from 1
 * @param status 202, or the status that the line would have had as a request
 * @param id the send, null when there is none
 * @param type the kind of problem, null when there is none
 * @param title the kind of problem in words
 * @param detail what is wrong
 * @param errors the fields at fault
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BatchLine(
    int line,
    int status,
    @Nullable Long id,
    @Nullable URI type,
    @Nullable String title,
    @Nullable String detail,
    @Nullable List<FieldError> errors) {

  private static final int ACCEPTED = 202;

  static BatchLine accepted(int line, long id) {
    return new BatchLine(line, ACCEPTED, id, null, null, null, null);
  }

  static BatchLine refused(int line, ProblemException problem) {
    return new BatchLine(
        line,
        problem.type().status(),
        null,
        problem.type().uri(),
        problem.type().title(),
        problem.detail(),
        problem.errors());
  }
}
