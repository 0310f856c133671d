package org.mqttintegration.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/**
 * A REST client. Paths that start with {@code /} are below {@code /api/v1}; {@code //} in front
 * stands for the root ({@code //openapi.yaml}). Bodies are strings of JSON, bytes, or anything that
 * Jackson writes.
 */
public final class RestApi {

  /** The first administrator, and the password that tests start applications with. */
  public static final String USER = "admin";

  public static final String PASSWORD = "password of the tests";

  /** The setting that gives the administrator that password. */
  public static final String INITIAL_PASSWORD =
      "mqtt-integration.access.initial-password=" + PASSWORD;

  private static final String BASE = "/api/v1";

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final IntSupplier port;
  private final ObjectMapper json;
  private final String authorization;

  /** Asks as the administrator of an application that was started with {@link #PASSWORD}. */
  public RestApi(IntSupplier port, ObjectMapper json) {
    this(port, json, basic(USER, PASSWORD));
  }

  private RestApi(IntSupplier port, ObjectMapper json, String authorization) {
    this.port = port;
    this.json = json;
    this.authorization = authorization;
  }

  /** The same application, asked by somebody else. */
  public RestApi as(String user, String password) {
    return new RestApi(port, json, basic(user, password));
  }

  /** The same application, asked with a token. */
  public RestApi withToken(String token) {
    return new RestApi(port, json, "Bearer " + token);
  }

  /** The same application, asked by nobody. */
  public RestApi anonymous() {
    return new RestApi(port, json, null);
  }

  /** The header of a sign-in by password. */
  public static String basic(String user, String password) {
    byte[] bytes = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  public Answer get(String path) {
    return send("GET", path, null, Map.of());
  }

  public Answer post(String path, Object body) {
    return send("POST", path, body, Map.of("Content-Type", "application/json"));
  }

  /** Without a body, as the actions are called. */
  public Answer post(String path) {
    return send("POST", path, null, Map.of());
  }

  /** Sends something, and waits up to ten seconds for its outcome. */
  public Answer sendAndWait(String path, Object body) {
    Map<String, String> wait = Map.of("Prefer", "wait=10");
    return body == null
        ? send("POST", path, null, wait)
        : send("POST", path, body, Map.of("Prefer", "wait=10", "Content-Type", "application/json"));
  }

  public Answer put(String path, Object body) {
    return send("PUT", path, body, Map.of("Content-Type", "application/json"));
  }

  public Answer patch(String path, Object body) {
    return send("PATCH", path, body, Map.of("Content-Type", "application/merge-patch+json"));
  }

  public Answer delete(String path) {
    return send("DELETE", path, null, Map.of());
  }

  /** Creates a record, which must work, and tells its id. */
  public long create(String path, Object body) {
    return post(path, body).expect(201).json().required("id").asLong();
  }

  /** Makes an account that may begin at once, and asks as that. */
  public RestApi account(String name, String role, boolean readsPayloads) {
    create(
        "/users",
        Map.of(
            "name", name,
            "password", PASSWORD,
            "mustChangePassword", false,
            "role", role,
            "readsPayloads", readsPayloads));
    return as(name, PASSWORD);
  }

  /** Makes a broker of one on this machine, with these fields; tells its id. */
  public long broker(String name, int port, Map<String, ?> more) {
    Map<String, Object> broker = new HashMap<>(more);
    broker.putAll(Map.of("name", name, "host", "127.0.0.1", "port", port));
    return create("/brokers", broker);
  }

  /** Makes a subscription, and waits until the broker granted it; tells its id. */
  public long subscribe(long brokerId, String filter, int qos) {
    return subscribe(Map.of("brokerId", brokerId, "topic", filter, "qos", qos));
  }

  /** The same, of one with these fields. */
  public long subscribe(Map<String, ?> subscription) {
    long id = create("/subscriptions", subscription);
    post("/subscriptions/%d/subscribe".formatted(id)).expect(200);
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> get("/subscriptions/" + id).json().path("subscribed").asBoolean());
    return id;
  }

  /** Hands over the whole history of a subscription, newest first. */
  public void history(long subscription, Consumer<JsonNode> entries) {
    pages("/history?limit=500&subscriptionId=" + subscription, entries);
  }

  /** Hands over all that is listed, page by page. The path has a query. */
  public void pages(String path, Consumer<JsonNode> items) {
    String cursor = null;
    do {
      JsonNode page = get(cursor == null ? path : path + "&cursor=" + cursor).expect(200).json();
      page.path("items").forEach(items);
      cursor = page.path("nextCursor").asText(null);
    } while (cursor != null);
  }

  /** Any request, with headers. */
  public Answer send(String method, String path, Object body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes(body)));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    headers.forEach(request::setHeader);
    try {
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(
          method + " " + path, response.statusCode(), response.headers(), response.body(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The address of a path. */
  public URI uri(String path) {
    String full = path.startsWith("//") ? path.substring(1) : BASE + path;
    return URI.create("http://127.0.0.1:" + port.getAsInt() + full);
  }

  private byte[] bytes(Object body) {
    try {
      return body instanceof byte[] bytes
          ? bytes
          : body instanceof String text
              ? text.getBytes(StandardCharsets.UTF_8)
              : json.writeValueAsBytes(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the application answered. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Answer(
      String request, int status, HttpHeaders headers, byte[] body, ObjectMapper mapper) {

    /** Fails unless the status is this one. */
    public Answer expect(int expected) {
      Assertions.assertThat(status).as("%s answered %s", request, text()).isEqualTo(expected);
      return this;
    }

    /** Fails unless this is problem+json of that status and type. */
    public Answer expectProblem(int expected, String slug) {
      expect(expected);
      Assertions.assertThat(header("Content-Type")).startsWith("application/problem+json");
      Assertions.assertThat(json().path("type").asText()).endsWith("/problems/" + slug);
      return this;
    }

    public JsonNode json() {
      try {
        return mapper.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException("%s answered %s".formatted(request, text()), e);
      }
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** A header, {@code ""} when it is not there. */
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }
}
