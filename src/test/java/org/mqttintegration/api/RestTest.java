package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Asks the slice over HTTP. */
@SpringBootTest(
    classes = RestSlice.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    // readiness asks the database, which is not in the slice
    properties = "management.endpoint.health.validate-group-membership=false")
abstract class RestTest {

  static final String TYPES = "https://mqtt-integration.org/problems/";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  @LocalServerPort int port;
  @Autowired RestSlice.Stub stub;

  @BeforeEach
  void resetStub() {
    stub.reset();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", RestApi.basic("anybody", "of the slice"));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  HttpResponse<String> json(String method, String path, String body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  static JsonNode tree(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body());
  }

  /** Expects that problem, and gives it. */
  static JsonNode problem(HttpResponse<String> response, int status, String slug) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    JsonNode problem = tree(response);
    assertThat(problem.path("type").asText()).isEqualTo(TYPES + slug);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("detail").asText()).isNotBlank();
    assertThat(problem.path("instance").asText()).isEqualTo(response.request().uri().getRawPath());
    assertThat(problem.path("errors").isArray()).isTrue();
    return problem;
  }

  /** Expects a 400 that names the field, and gives what it says about it. */
  static String error(HttpResponse<String> response, String field) throws Exception {
    for (JsonNode error : problem(response, 400, "invalid-request").path("errors")) {
      if (error.path("field").asText().equals(field)) {
        return error.path("message").asText();
      }
    }
    throw new AssertionError("No error for '" + field + "' in " + response.body());
  }
}
