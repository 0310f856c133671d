package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Min;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.apache.camel.RuntimeCamelException;
import org.hibernate.exception.JDBCConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;

@ExtendWith(OutputCaptureExtension.class)
class FailureTest extends RestTest {

  @Autowired RestSlice.Transactions transactions;

  record Port(@Min(1) int port) {}

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void given_a_problem_in_a_route_when_it_is_answered_then_its_type_and_status_are_told(
      ProblemType type) throws Exception {
    stub.failure = new RuntimeCamelException(new ProblemException(type, "So it is."));

    JsonNode problem = problem(get("/api/v1/brokers/7"), type.status(), type.slug());

    assertThat(problem.path("detail").asText()).isEqualTo("So it is.");
    assertThat(problem.path("title").asText()).isEqualTo(type.title());
  }

  @Test
  void given_json_that_a_route_cannot_read_when_it_is_answered_then_the_field_is_named()
      throws Exception {
    stub.failure = unreadable();

    HttpResponse<String> response = get("/api/v1/brokers/7");

    assertThat(error(response, "port")).isEqualTo("The value has a type that does not fit.");
    assertThat(response.body()).doesNotContain("hunter2");
  }

  @Test
  void given_a_violated_constraint_when_it_is_answered_then_the_field_is_named() throws Exception {
    try (var factory = Validation.buildDefaultValidatorFactory()) {
      stub.failure =
          new jakarta.validation.ConstraintViolationException(
              factory.getValidator().validate(new Port(0)));
    }

    assertThat(error(get("/api/v1/brokers/7"), "port")).contains("1");
  }

  @Test
  void given_the_database_is_away_when_it_is_answered_then_it_is_503(CapturedOutput output)
      throws Exception {
    for (Exception away :
        new Exception[] {
          new DataAccessResourceFailureException("secret"),
          new CannotCreateTransactionException("secret"),
          new JDBCConnectionException("secret", new SQLException("secret")),
          new RuntimeCamelException(new SQLTransientConnectionException("secret"))
        }) {
      stub.failure = away;

      HttpResponse<String> response = get("/api/v1/brokers/7");

      problem(response, 503, "database-unavailable");
      assertThat(response.body()).doesNotContain("secret");
    }
    assertThat(output.getOut())
        .containsOnlyOnce("cause=" + JDBCConnectionException.class.getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "53100", "57P01", "57014", "58030"})
  void given_a_database_that_cannot_when_it_is_answered_then_its_reason_is_told(String state)
      throws Exception {
    stub.failure =
        new UncategorizedSQLException("secret", "secret", new SQLException("secret", state));

    HttpResponse<String> response = get("/api/v1/brokers/7");

    JsonNode problem = problem(response, 503, "database-unavailable");
    assertThat(problem.path("detail").asText()).contains("SQLSTATE " + state);
    assertThat(response.body()).doesNotContain("secret");
  }

  @Test
  void given_a_contradiction_that_the_database_found_when_it_is_answered_then_it_is_409()
      throws Exception {
    stub.failure = new DataIntegrityViolationException("secret");

    HttpResponse<String> response = get("/api/v1/brokers/7");

    problem(response, 409, "conflict");
    assertThat(response.body()).doesNotContain("secret");
  }

  @Test
  void given_anything_else_in_a_route_when_it_is_answered_then_it_is_500_and_logged_once(
      CapturedOutput output) throws Exception {
    stub.failure = new IllegalStateException("broken pipe dream");

    HttpResponse<String> response =
        json("PATCH", "/api/v1/brokers/7", "{\"password\":\"hunter2\"}");

    JsonNode problem = problem(response, 500, "internal-error");
    assertThat(response.body()).doesNotContain("broken", "Exception", "at org.");
    String exchange = problem.path("detail").asText().replaceAll(".*exchange (\\S+)\\.", "$1");
    assertThat(output.getOut())
        .containsOnlyOnce("Request failed path=/api/v1/brokers/7 exchange=" + exchange)
        .containsOnlyOnce("java.lang.IllegalStateException: broken pipe dream")
        .doesNotContain("hunter2");
  }

  @Test
  void given_a_problem_in_a_route_when_it_is_answered_then_nothing_is_logged(CapturedOutput output)
      throws Exception {
    stub.failure = RestSlice.unknownBroker();

    problem(get("/api/v1/brokers/7"), 404, "not-found");

    assertThat(output.getOut()).doesNotContain("ERROR", "WARN", "no broker with id");
  }

  @Test
  void given_a_problem_in_a_transaction_when_it_is_answered_then_nothing_is_committed()
      throws Exception {
    stub.failure = new ProblemException(ProblemType.CONFLICT, "So it is.");

    problem(send(request("/api/v1/signals/5/send").POST(BodyPublishers.noBody())), 409, "conflict");

    assertThat(transactions.committed).isZero();
    assertThat(transactions.rolledBack).isOne();
  }

  private static Exception unreadable() {
    try {
      new ObjectMapper().readValue("{\"port\":\"hunter2\"}", Port.class);
      throw new AssertionError("It was read");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return e;
    }
  }
}
