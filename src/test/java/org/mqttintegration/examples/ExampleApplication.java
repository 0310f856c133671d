package org.mqttintegration.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mqttintegration.embedded.ArtemisOfTests;
import org.mqttintegration.examples.HttpPeer.Answer;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.NewDataDirectory;
import org.mqttintegration.testing.Ports;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.StoppablePostgres;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The application with all examples, each copied as it is but for where Kafka is, and the peers
 * that they bridge to. One for all suites of a run: each uses topics of its own.
 */
final class ExampleApplication implements ExtensionContext.Store.CloseableResource {

  /** The topic of a retained message that is there before the subscriptions. */
  static final String RETAINED = "plant/bridge/retained";

  private static final Path EXAMPLES = Path.of("routes/examples");

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Path directory = NewDataDirectory.create();
  private final ApplicationProcess application;
  private final String otherBroker;
  private final StoppablePostgres database;

  final StoppablePostgres plant;
  final HttpPeer webhook = new HttpPeer(request -> new Answer(200, ""));
  final OdooPeer odoo = new OdooPeer();
  final HttpPeer odooServer = new HttpPeer(odoo::answer);
  final KafkaPeer kafka = new KafkaPeer();
  final QueuePeer queues = new QueuePeer();
  final GreenMail mail =
      new GreenMail(new ServerSetup(Ports.free(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  private ExampleApplication() throws Exception {
    plant = running(new StoppablePostgres());
    database = running(new StoppablePostgres());
    startPeers();
    otherBroker = startOtherBroker();
    makeTable();
    copyExamples();
    application = running(configured());
  }

  /** Starts it all, and waits until it is ready. */
  static ExampleApplication start() throws Exception {
    ExampleApplication started = new ExampleApplication();
    try {
      started.application.start();
      started.prepare();
      return started;
    } catch (Exception | AssertionError e) {
      started.close();
      throw e;
    }
  }

  private void startPeers() throws Exception {
    running(webhook).start();
    running(odooServer).start();
    running(kafka).start();
    running(queues).start();
    mail.start();
    running((AutoCloseable) mail::stop);
  }

  private String startOtherBroker() throws Exception {
    return Mosquitto.program().isPresent()
        ? running(Mosquitto.launch()).uri()
        : running(ArtemisOfTests.start()).broker().uri();
  }

  private void copyExamples() throws IOException {
    Path routes = Files.createDirectories(directory.resolve("routes"));
    try (Stream<Path> examples = Files.list(EXAMPLES)) {
      for (Path example : examples.toList()) {
        String text =
            Files.readString(example).replace("value: localhost:9092", "value: " + kafka.brokers());
        Files.writeString(routes.resolve(example.getFileName()), text);
      }
    }
    Path secrets = Files.createDirectories(directory.resolve("config/secrets"));
    Files.writeString(secrets.resolve("odoo-key"), OdooPeer.KEY);
  }

  private ApplicationProcess configured() throws IOException {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--mqtt-integration.embedded.mqtt.port=0",
                "--mqtt-integration.route-files.data-sources.plant.url=" + plant.url(),
                "--mqtt-integration.route-files.data-sources.plant.username=postgres",
                "--mqtt-integration.bridge.redelivery-delay=100ms",
                "--mqtt-integration.bridge.redelivery-delay-max=500ms",
                "--spring.artemis.broker-url=" + queues.coreUrl(),
                "--camel.component.amqp.broker-url=" + queues.amqpUrl()));
    settings.addAll(List.of(database.settings()));
    return new ApplicationProcess(settings.toArray(String[]::new))
        .in(directory)
        .with("MQTT_ROUTE_WEBHOOK", webhook.address() + "/messages")
        .with("MQTT_ROUTE_ODOO_HOST", odooServer.address())
        .with("MQTT_ROUTE_ODOO_DATABASE", OdooPeer.DATABASE)
        .with("MQTT_ROUTE_ODOO_USER", Integer.toString(OdooPeer.USER))
        .with("MQTT_ROUTE_KAFKA_BROKERS", kafka.brokers())
        .with("MQTT_ROUTE_MAIL_PORT", Integer.toString(mail.getSmtp().getPort()))
        .with("MQTT_ROUTE_AGGREGATE_QUIET", "3000");
  }

  /** As the example sql-table says. */
  private void makeTable() {
    JdbcClient.create(new DriverManagerDataSource(plant.url(), "postgres", ""))
        .sql(
            """
            create table reading (history_id bigint primary key, topic text not null,
              received_at timestamptz not null, payload jsonb not null)
            """)
        .update();
  }

  private void prepare() throws Exception {
    RestApi api = application.api();
    Awaitility.await().until(() -> api.get("/subscriptions").json().path("total").asInt() == 1);
    registerOtherBroker();
    try (MqttTestClient mqtt = mqtt()) {
      mqtt.publish(RETAINED, "on".getBytes(UTF_8), 1, true, new MqttProperties());
    }
    for (String filter : List.of("plant/#", "machines/#")) {
      long id = api.create("/subscriptions", Map.of("brokerId", 1, "topic", filter, "qos", 2));
      api.post("/subscriptions/" + id + "/subscribe").expect(200);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  api.get("/subscriptions/" + id)
                      .json()
                      .path("subscriptionStatus")
                      .asText()
                      .equals("subscribed"));
    }
  }

  private void registerOtherBroker() {
    int colon = otherBroker.lastIndexOf(':');
    api()
        .create(
            "/brokers",
            Map.of(
                "name", "Head office",
                "host", otherBroker.substring("mqtt://".length(), colon),
                "port", Integer.parseInt(otherBroker.substring(colon + 1))));
  }

  /** A client of the embedded broker, {@code Local broker}. */
  MqttTestClient mqtt() throws Exception {
    return MqttTestClient.connect(
        "mqtt://127.0.0.1:" + application.api().get("/brokers/1").json().path("port").asInt());
  }

  /** A client of the other broker, {@code Head office}. */
  MqttTestClient otherMqtt() throws Exception {
    return MqttTestClient.connect(otherBroker);
  }

  RestApi api() {
    return application.api();
  }

  /** Whether a durable route says that it waits for its target. */
  boolean isTargetAway(String position) {
    String reason = api().get("/positions/" + position).json().path("waitingFor").asText();
    return reason.contains("The target is away");
  }

  /** Where the CSV files are. */
  Path export() {
    return directory.resolve("files/csv");
  }

  private <T extends AutoCloseable> T running(T peer) {
    running.push(peer);
    return peer;
  }

  @Override
  public void close() throws Exception {
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }
}
