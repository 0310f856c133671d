package org.mqttintegration.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mqttintegration.testing.RestApi;

/** The packaged application in a process of its own, on a database of its own. */
final class Application implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(10);

  private final Database database;
  private final int port;
  private final Child process;
  private final RestApi api;
  private final double readySeconds;

  private Application(
      Database database, int port, Child process, RestApi api, double readySeconds) {
    this.database = database;
    this.port = port;
    this.process = process;
    this.api = api;
    this.readySeconds = readySeconds;
  }

  /**
   * Starts it, and waits until it says that it is ready.
   *
   * @param more settings, as {@code name=value}
   */
  static Application start(Laboratory laboratory, Database database, String... more)
      throws IOException, InterruptedException {
    Path directory = Files.createDirectories(laboratory.directory().resolve(database.name()));
    int port = Programs.freePort();
    RestApi api = new RestApi(() -> port, new ObjectMapper());
    long begin = System.nanoTime();
    Child process =
        Child.startServer(
            directory,
            laboratory.directory().resolve(database.name() + "-application.log"),
            command(laboratory.settings(), database, port, more));
    try {
      Waiting.until(
          "the application is ready",
          START_LIMIT,
          Duration.ofMillis(20),
          () -> api.get("//actuator/health/readiness").status() == 200);
    } catch (IllegalStateException e) {
      process.close();
      throw e;
    }
    return new Application(database, port, process, api, (System.nanoTime() - begin) / 1e9);
  }

  private static List<String> command(
      Settings settings, Database database, int port, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Programs.jdk("java"));
    command.addAll(settings.jvm());
    command.addAll(
        List.of(
            "-jar",
            settings.jar().toString(),
            "--server.port=" + port,
            "--spring.datasource.url=" + database.url(),
            "--spring.datasource.username=" + Database.USER,
            "--spring.datasource.password=",
            "--mqtt-integration.embedded.mqtt.enabled=false",
            "--mqtt-integration.demonstration.enabled=false",
            "--mqtt-integration.access.rate-limit.enabled=false",
            "--" + RestApi.INITIAL_PASSWORD));
    for (String setting : more) {
      command.add("--" + setting);
    }
    return command;
  }

  Database database() {
    return database;
  }

  int port() {
    return port;
  }

  RestApi api() {
    return api;
  }

  Child process() {
    return process;
  }

  /** From the start of its process until its readiness answered 200. */
  double readySeconds() {
    return readySeconds;
  }

  double cpuSeconds() {
    return process.cpuSeconds();
  }

  long createBroker(Broker broker) {
    return api.create(
        "/brokers",
        Map.of("name", "Broker " + broker.port(), "host", "127.0.0.1", "port", broker.port()));
  }

  /** Makes a subscription at QoS 1 and waits until the broker granted it. */
  long subscribe(long broker, String topic) throws InterruptedException {
    long id = api.create("/subscriptions", Map.of("brokerId", broker, "topic", topic, "qos", 1));
    api.post("/subscriptions/" + id + "/subscribe").expect(200);
    Waiting.until(
        "the broker grants " + topic,
        Duration.ofSeconds(30),
        Duration.ofMillis(20),
        () -> subscribed(api.get("/subscriptions/" + id).json()));
    return id;
  }

  static boolean subscribed(JsonNode subscription) {
    return subscription.path("subscriptionStatus").asText().equals("subscribed");
  }

  @Override
  public void close() {
    process.close();
  }
}
