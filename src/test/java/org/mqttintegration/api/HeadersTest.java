package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadersTest extends RestTest {

  private static final List<String> OURS =
      List.of(
          "cache-control",
          "connection",
          "content-length",
          "content-security-policy",
          "content-type",
          "cross-origin-opener-policy",
          "cross-origin-resource-policy",
          "date",
          "keep-alive",
          "location",
          "permissions-policy",
          "referrer-policy",
          "transfer-encoding",
          "vary",
          "x-content-type-options",
          "x-frame-options");

  @ParameterizedTest
  @CsvSource({
    "/api/v1/brokers, 200",
    "/api/v1/brokers?size=0, 400",
    "/api/v1/brokers/x, 404",
    "/api/v1/nothing, 404",
    "/nothing, 404"
  })
  void given_headers_of_a_request_when_it_is_answered_then_none_is_echoed(String path, int status)
      throws Exception {
    HttpResponse<String> response = send(withSecrets(request(path)));

    assertThat(response.statusCode()).isEqualTo(status);
    assertNoEcho(response);
  }

  @Test
  void given_headers_of_a_request_when_its_route_fails_then_none_is_echoed() throws Exception {
    stub.failure = new IllegalStateException("secret-1");

    HttpResponse<String> response = send(withSecrets(request("/api/v1/brokers")));

    assertThat(response.statusCode()).isEqualTo(500);
    assertNoEcho(response);
  }

  @Test
  void given_a_record_was_made_when_it_is_answered_then_its_location_is_told() throws Exception {
    stub.status = 201;

    HttpResponse<String> response =
        send(
            withSecrets(request("/api/v1/brokers"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"a\",\"host\":\"h\"}")));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Location")).hasValue("/api/v1/brokers/7");
    assertNoEcho(response);
  }

  @Test
  void given_camel_headers_from_outside_when_it_is_asked_then_the_route_does_not_see_them()
      throws Exception {
    HttpResponse<String> response =
        send(
            request("/api/v1/brokers")
                .header("CamelHttpPath", "/api/v1/history")
                .header("CAMELHTTPMETHOD", "DELETE")
                .header("camelHttpResponseCode", "299")
                .header("CamelFileName", "../../etc/passwd")
                .header("CamelJpaParameters", "x")
                .header("cAmElBeanMethodName", "x"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(stub.operations).containsExactly("listBrokers");
    assertThat(stub.headers)
        .containsEntry("CamelHttpMethod", "GET")
        .containsEntry("CamelHttpPath", "/api/v1/brokers")
        .doesNotContainKeys(
            "CamelFileName", "CamelJpaParameters", "cAmElBeanMethodName", "camelHttpResponseCode");
  }

  @Test
  void given_headers_that_routes_need_when_it_is_asked_then_they_come_in() throws Exception {
    send(request("/api/v1/brokers").header("Prefer", "return=minimal").header("X-Foo", "secret-3"));

    assertThat(stub.headers).containsEntry("Prefer", "return=minimal").doesNotContainKey("X-Foo");
  }

  @Test
  void given_nobody_who_may_say_that_it_was_https_when_it_is_said_then_no_browser_is_held_to_it()
      throws Exception {
    HttpResponse<String> response =
        send(
            request("/api/v1/brokers")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-For", "203.0.113.1")
                .header("Forwarded", "for=203.0.113.1;proto=https"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().map()).doesNotContainKey("strict-transport-security");
  }

  private static HttpRequest.Builder withSecrets(HttpRequest.Builder request) {
    return request
        .setHeader("Authorization", "Bearer secret-1")
        .header("Cookie", "session=secret-2")
        .header("X-Foo", "secret-3")
        .header("Prefer", "secret-4")
        .header("Idempotency-Key", "secret-5")
        .header("ETag", "secret-6")
        .header("Allow", "secret-7")
        .header("Retry-After", "secret-8");
  }

  private static void assertNoEcho(HttpResponse<String> response) {
    assertThat(response.headers().map().keySet()).isSubsetOf(OURS);
    assertThat(response.headers().map().toString()).doesNotContain("secret");
    assertThat(response.body()).doesNotContain("secret");
  }
}
