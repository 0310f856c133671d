package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest extends RestTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/brokers?size=0                  | size      | A whole number from 1 to 200.",
        "/brokers?size=201                | size      | A whole number from 1 to 200.",
        "/brokers?page=-1                 | page      | A whole number from 0 to 1000000.",
        "/brokers?page=x                  | page      | A whole number from 0 to 1000000.",
        "/brokers?page=%205               | page      | A whole number from 0 to 1000000.",
        "/brokers?page=5e0                | page      | A whole number from 0 to 1000000.",
        "/brokers?page=                   | page      | A whole number from 0 to 1000000.",
        "/brokers?page                    | page      | A whole number from 0 to 1000000.",
        "/brokers?page=null               | page      | A whole number from 0 to 1000000.",
        "/brokers?page=1&page=2           | page      | It is given more than once.",
        "/brokers?sort=name;drop          | sort      | The name of a field, with - before it to descend.",
        "/brokers?connectionStatus=up     | connectionStatus | One of unknown, success, fail.",
        "/brokers?nmae=x                  | nmae      | There is no such parameter.",
        "/brokers?CamelHttpPath=x         | CamelHttpPath | There is no such parameter.",
        "/brokers?name=%FF                | name      | It is not percent-encoded UTF-8.",
        "/brokers?name=a%00b              | name      | No NUL character is allowed.",
        "/history?limit=501               | limit     | A whole number from 1 to 500.",
        "/history?from=yesterday          | from      | An instant such as 2025-11-22T10:15:30Z.",
        "/history?from=2025-02-30T00:00:00Z | from    | An instant such as 2025-11-22T10:15:30Z.",
        "/history?brokerId=99999999999999999999 | brokerId | A whole number of at least 1.",
        "/history?direction=both          | direction | One of send, receive.",
      })
  void given_a_query_that_is_not_valid_when_it_is_asked_then_the_parameter_is_named(
      String path, String parameter, String message) throws Exception {
    assertThat(error(get("/api/v1" + path), parameter)).isEqualTo(message);
    assertThat(stub.operations).isEmpty();
  }

  @Test
  void given_cascade_that_is_no_boolean_when_a_broker_is_deleted_then_it_is_refused()
      throws Exception {
    assertThat(error(send(request("/api/v1/brokers/7?cascade=true%20x").DELETE()), "cascade"))
        .isEqualTo("Either true or false.");
  }

  @Test
  void given_encoded_values_when_they_are_asked_then_the_route_reads_them_decoded()
      throws Exception {
    get(
        "/api/v1/history?topic=plant%2F%2B%2F%23&contains=a%3Db=c%26d%20e+f%C3%A9"
            + "&from=2025-11-22T10:00:00%2B01:00");

    assertThat(stub.headers)
        .containsEntry("topic", "plant/+/#")
        .containsEntry("contains", "a=b=c&d e fé")
        .containsEntry("from", "2025-11-22T09:00:00Z")
        .containsEntry("limit", "50");
  }

  @Test
  void given_headers_named_like_parameters_when_it_is_asked_then_the_route_does_not_see_them()
      throws Exception {
    send(request("/api/v1/brokers/7?cascade=false").header("Cascade", "true").DELETE());
    assertThat(stub.headers).containsEntry("cascade", "false");

    stub.reset();
    send(request("/api/v1/history").header("topic", "secret").header("page", "x"));
    assertThat(stub.operations).containsExactly("listHistory");
    assertThat(stub.headers).doesNotContainKeys("topic", "page");
  }

  @ParameterizedTest
  @CsvSource({"x", "0", "-1", "007", "1.0", "%2F", "99999999999999999999"})
  void given_an_id_that_cannot_be_when_it_is_asked_then_it_is_not_found(String id)
      throws Exception {
    assertThat(get("/api/v1/brokers/" + id).statusCode()).isIn(400, 404);
    if (!id.contains("%")) {
      problem(get("/api/v1/brokers/" + id), 404, "not-found");
    }
    assertThat(stub.operations).isEmpty();
  }
}
