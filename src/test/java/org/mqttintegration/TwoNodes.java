package org.mqttintegration;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.NewDataDirectory;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.StoppablePostgres;

/**
 * Two processes of the application over one database, one folder of route files and one broker, to
 * which they have a connection and two that share.
 */
final class TwoNodes implements AutoCloseable {

  static final Duration PATIENCE =
      Duration.ofMinutes(Integer.getInteger("nodes.patience-minutes", 2));

  /** The broker's name. */
  static final String BROKER = "b";

  final Mosquitto mosquitto = Mosquitto.launch();
  final long brokerId;

  private final StoppablePostgres postgres = new StoppablePostgres();
  private final Path routes = Files.createDirectories(NewDataDirectory.create().resolve("routes"));
  private final ApplicationProcess first = node();
  private final ApplicationProcess second = node();
  private final List<ApplicationProcess> added = new ArrayList<>();

  /** Whose REST is asked now. */
  private volatile ApplicationProcess asked = first;

  TwoNodes() throws Exception {
    first.start();
    second.start();
    brokerId =
        first
            .api()
            .create(
                "/brokers",
                Map.of(
                    "name",
                    BROKER,
                    "host",
                    "127.0.0.1",
                    "port",
                    mosquitto.port(),
                    "sharedConnections",
                    2));
  }

  private ApplicationProcess node(String... more) throws Exception {
    List<String> settings = new ArrayList<>(List.of(postgres.settings()));
    settings.addAll(List.of(more));
    settings.add("--mqtt-integration.route-files.directory=" + routes);
    return ApplicationProcess.alone(settings.toArray(String[]::new));
  }

  /** Starts one more, with these settings. */
  ApplicationProcess add(String... settings) throws Exception {
    ApplicationProcess node = node(settings);
    added.add(node);
    node.start();
    return node;
  }

  /** Starts those that were killed. */
  void startAgain() throws Exception {
    for (ApplicationProcess node : List.of(first, second)) {
      if (!node.isRunning()) {
        node.start();
      }
    }
  }

  /** The node that has the broker's own connection. */
  ApplicationProcess owner() {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> owns(first) || owns(second));
    return owns(first) ? first : second;
  }

  ApplicationProcess other(ApplicationProcess node) {
    return node == first ? second : first;
  }

  static void awaitOwner(ApplicationProcess node) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> owns(node));
  }

  /** Whether it says of itself that it has the connection. */
  static boolean owns(ApplicationProcess node) {
    return self(node).path("connections").size() > 0;
  }

  /** The node that has a durable route. */
  ApplicationProcess ownerOfRoute(String name) {
    await().atMost(PATIENCE).until(() -> hasRoute(first, name) || hasRoute(second, name));
    return hasRoute(first, name) ? first : second;
  }

  private static boolean hasRoute(ApplicationProcess node, String name) {
    return self(node).path("routes").toString().contains("\"%s\"".formatted(name));
  }

  private static JsonNode self(ApplicationProcess node) {
    JsonNode nodes = node.api().get("/nodes").expect(200).json().path("items");
    return StreamSupport.stream(nodes.spliterator(), false)
        .filter(item -> item.path("self").asBoolean())
        .findFirst()
        .orElseThrow();
  }

  /** Has REST of {@link #api} asked of that node from now on. */
  void ask(ApplicationProcess node) {
    asked = node;
  }

  RestApi api() {
    return new RestApi(() -> asked.port(), new ObjectMapper());
  }

  @Override
  public void close() throws Exception {
    for (ApplicationProcess node : added) {
      node.close();
    }
    second.close();
    first.close();
    mosquitto.close();
    postgres.close();
  }
}
