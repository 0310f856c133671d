package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

class ProblemAdviceTest {

  @Test
  void given_as_many_requests_as_may_wait_when_one_more_comes_then_it_says_to_come_again() {
    ResponseEntity<Object> answer =
        new ProblemAdvice()
            .busy(
                new TaskRejectedException("full"),
                new MockHttpServletRequest("POST", "/api/v1/sends"));

    assertThat(answer.getStatusCode().value()).isEqualTo(503);
    assertThat(answer.getBody())
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type().toString()).endsWith("/not-serving");
              assertThat(problem.instance()).isEqualTo("/api/v1/sends");
            });
  }
}
