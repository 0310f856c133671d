package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedRequestTest extends RestTest {

  private static final int FIFTY_MB = 50_000_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/nothing",
        "/api/v1",
        "/api/v1/brokers/",
        "/api/v1/brokers/7/nothing",
        "/api/v1/brokers/7/check-connection/x",
        "/api/v2/brokers",
        "/nothing"
      })
  void given_a_path_that_is_not_in_the_contract_when_it_is_asked_then_it_is_not_found(String path)
      throws Exception {
    problem(get(path), 404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1//brokers", "/api/v1/brokers//7", "/api/v1/brokers/7;x=1"})
  void given_a_path_that_could_mean_another_one_when_it_is_asked_then_it_is_refused(String path)
      throws Exception {
    problem(get(path), 400, "invalid-request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE | /api/v1/brokers             | GET, POST",
        "POST   | /api/v1/brokers/7           | DELETE, GET, PATCH, PUT",
        "GET    | /api/v1/signals/7/send      | POST",
        "PUT    | /api/v1/history/7           | GET",
        "POST   | /openapi.yaml               | GET",
      })
  void given_a_method_that_a_path_does_not_offer_when_it_is_asked_then_those_it_does_are_told(
      String method, String path, String offered) throws Exception {
    HttpResponse<String> response = send(request(path).method(method, BodyPublishers.noBody()));

    problem(response, 405, "method-not-allowed");
    assertThat(response.headers().firstValue("Allow"))
        .hasValueSatisfying(
            allow -> assertThat(allow.split(",\\s*")).contains(offered.split(", ")));
    assertThat(response.body()).contains("This path offers " + offered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/x-java-serialized-object",
        "application/xml",
        "json",
        "*/*"
      })
  void given_a_body_that_is_no_json_when_a_broker_is_created_then_it_is_refused(String type)
      throws Exception {
    for (String method : new String[] {"POST", "PUT", "PATCH"}) {
      String path = method.equals("POST") ? "/api/v1/brokers" : "/api/v1/brokers/7";
      HttpResponse<String> response =
          send(
              request(path)
                  .header("Content-Type", type)
                  .method(method, BodyPublishers.ofString("{\"name\":\"a\",\"host\":\"h\"}")));
      problem(response, 415, "unsupported-media-type");
    }
    assertThat(stub.operations).isEmpty();
  }

  @Test
  void given_a_body_without_a_content_type_when_a_broker_is_created_then_it_is_refused()
      throws Exception {
    problem(
        send(request("/api/v1/brokers").POST(BodyPublishers.ofString("{}"))),
        415,
        "unsupported-media-type");
  }

  @Test
  void given_a_merge_patch_when_a_broker_is_created_then_it_is_refused() throws Exception {
    problem(
        send(
            request("/api/v1/brokers")
                .header("Content-Type", "application/merge-patch+json")
                .POST(BodyPublishers.ofString("{\"name\":\"a\",\"host\":\"h\"}"))),
        415,
        "unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/merge-patch+json", "application/json; charset=ISO-8859-1"})
  void given_json_however_it_is_called_when_a_broker_is_patched_then_it_passes(String type)
      throws Exception {
    HttpResponse<String> response =
        send(
            request("/api/v1/brokers/7")
                .header("Content-Type", type)
                .method("PATCH", BodyPublishers.ofString("{\"note\":\"é\"}")));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(stub.body).isEqualTo("{\"note\":\"é\"}");
  }

  @Test
  void given_a_body_that_is_packed_when_a_broker_is_created_then_it_is_refused() throws Exception {
    problem(
        send(
            request("/api/v1/brokers")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(Packed.gzip("{\"name\":\"a\",\"host\":\"h\"}")))),
        415,
        "unsupported-media-type");
  }

  @Test
  void given_no_body_when_a_broker_is_created_then_one_is_asked_for() throws Exception {
    assertThat(error(send(request("/api/v1/brokers").POST(BodyPublishers.noBody())), ""))
        .isEqualTo("A JSON object is needed as body.");
  }

  @Test
  void given_a_body_when_a_broker_is_checked_then_it_is_refused() throws Exception {
    assertThat(error(json("POST", "/api/v1/brokers/5/check-connection", "{}"), ""))
        .isEqualTo("This request takes no body.");
  }

  @Test
  void given_bytes_that_are_no_utf8_when_a_broker_is_created_then_they_are_refused()
      throws Exception {
    byte[] latin = "{\"name\":\"é\",\"host\":\"h\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(
            error(
                send(
                    request("/api/v1/brokers")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(latin))),
                ""))
        .isEqualTo("The body is not UTF-8.");
  }

  @Test
  void given_an_accept_that_cannot_be_met_when_brokers_are_listed_then_it_is_refused()
      throws Exception {
    problem(send(request("/api/v1/brokers").header("Accept", "image/png")), 406, "not-acceptable");
    assertThat(
            send(request("/api/v1/brokers").header("Accept", "text/html, */*;q=0.8")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void given_any_accept_when_a_payload_is_read_then_it_is_not_refused() throws Exception {
    assertThat(
            send(request("/api/v1/history/7/payload").header("Accept", "image/png")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void given_a_body_of_50_mb_when_a_signal_is_created_then_it_is_refused() throws Exception {
    problem(large(BodyPublishers.ofByteArray(new byte[FIFTY_MB])), 413, "payload-too-large");
    assertThat(stub.operations).isEmpty();
  }

  @Test
  void given_a_chunked_body_of_50_mb_when_a_signal_is_created_then_it_is_refused()
      throws Exception {
    problem(large(BodyPublishers.ofInputStream(() -> spaces(FIFTY_MB))), 413, "payload-too-large");
    assertThat(stub.operations).isEmpty();
  }

  @Test
  void given_a_chunked_body_within_the_limit_when_a_broker_is_patched_then_it_passes()
      throws Exception {
    String body = "{\"note\":\"é\"}" + " ".repeat(9_000_000);
    BodyPublisher chunked =
        BodyPublishers.ofInputStream(
            () -> new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));

    HttpResponse<String> response =
        send(
            request("/api/v1/brokers/7")
                .header("Content-Type", "application/json")
                .method("PATCH", chunked));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(stub.body).isEqualTo(body);
  }

  @Test
  void given_lines_that_are_no_http_when_they_are_sent_then_the_answer_is_a_problem_too()
      throws Exception {
    for (String line :
        new String[] {"GET /api/v1/brokers/{7} HTTP/1.1", "GET /api/v1/brokers/%2F HTTP/1.1"}) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket
            .getOutputStream()
            .write(
                (line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(body).contains("\"type\":\"" + TYPES + "invalid-request\"").doesNotContain("<");
      }
    }
  }

  @Test
  void given_the_error_path_when_it_is_asked_for_itself_then_it_is_not_found() throws Exception {
    assertThat(new ObjectMapper().readTree(get("/error").body()).path("status").asInt())
        .isEqualTo(404);
  }

  private HttpResponse<String> large(BodyPublisher body) throws Exception {
    return send(request("/api/v1/signals").header("Content-Type", "application/json").POST(body));
  }

  private static InputStream spaces(int count) {
    return new InputStream() {
      private int left = count;

      @Override
      public int read() {
        return left-- > 0 ? ' ' : -1;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        int some = Math.min(length, left);
        if (some <= 0) {
          return -1;
        }
        java.util.Arrays.fill(target, offset, offset + some, (byte) ' ');
        left -= some;
        return some;
      }
    };
  }
}
