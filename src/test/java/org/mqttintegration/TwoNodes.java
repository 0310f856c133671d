package org.mqttintegration;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 * Two processes of the application over one database, which has the route files too, and one MQTT
 * broker. To that they have a few connections, as if it were several brokers, and two that share.
 */
final class TwoNodes implements AutoCloseable {

  static final Duration PATIENCE =
      Duration.ofMinutes(Integer.getInteger("nodes.patience-minutes", 2));

  /** How many connections there are to spread. */
  private static final int BROKERS = Integer.getInteger("nodes.brokers", 2);

  /** The first broker's name. */
  private static final String BROKER = "b";

  final Mosquitto mosquitto = Mosquitto.launch();

  /** All brokers, each with a connection. */
  final List<Long> brokerIds = new ArrayList<>();

  /** The first one, which has the connections that share. */
  final long brokerId;

  private final StoppablePostgres postgres = new StoppablePostgres();
  private final ApplicationProcess first = node();
  private final ApplicationProcess second = node();
  private final List<ApplicationProcess> added = new ArrayList<>();

  /** Whose REST is asked now. */
  private volatile ApplicationProcess asked = first;

  TwoNodes() throws Exception {
    first.start();
    second.start();
    for (int number = 0; number < BROKERS; number++) {
      String name = number == 0 ? BROKER : BROKER + number;
      Map<String, Integer> shared = Map.of("sharedConnections", number == 0 ? 2 : 0);
      brokerIds.add(first.api().broker(name, mosquitto.port(), shared));
    }
    brokerId = brokerIds.get(0);
  }

  private ApplicationProcess node(String... more) throws Exception {
    List<String> settings = new ArrayList<>(List.of(postgres.settings()));
    settings.addAll(List.of(more));
    settings.add("--mqtt-integration.route-files.source=database");
    settings.add(
        "--mqtt-integration.route-files.directory=" + NewDataDirectory.create().resolve("routes"));
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

  /** The node that has the first broker's own connection. */
  ApplicationProcess owner() {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> owns(first) || owns(second));
    return owns(first) ? first : second;
  }

  ApplicationProcess other(ApplicationProcess node) {
    return node == first ? second : first;
  }

  /** Waits until a node has all connections. */
  void awaitOwner(ApplicationProcess node) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> connections(node).containsAll(brokerIds));
  }

  private boolean owns(ApplicationProcess node) {
    return connections(node).contains(brokerId);
  }

  /** The brokers whose connections it says of itself that it has. */
  static List<Long> connections(ApplicationProcess node) {
    JsonNode connections = self(node).path("connections");
    return StreamSupport.stream(connections.spliterator(), false).map(JsonNode::asLong).toList();
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

  /** The status of a send. */
  String status(long send) {
    return api().get("/sends/" + send).expect(200).json().path("status").asText();
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
