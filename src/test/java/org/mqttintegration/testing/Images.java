package org.mqttintegration.testing;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.PostgreSQLContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** The images that container suites run on, and containers of them. */
public final class Images {

  public static final String POSTGRESQL = "postgres:17-alpine";
  public static final String MOSQUITTO = "eclipse-mosquitto:2";
  public static final String HIVEMQ = "hivemq/hivemq-ce:latest";

  /** The port that the brokers listen on, inside. */
  public static final int MQTT_PORT = 1883;

  private static final String MOSQUITTO_CONFIGURATION =
      """
      listener 1883
      allow_anonymous true
      max_queued_messages 0
      set_tcp_nodelay true
      """;

  private static final String HIVEMQ_CONFIGURATION =
      """
      <?xml version="1.0"?>
      <hivemq>
        <listeners>
          <tcp-listener>
            <port>1883</port>
            <bind-address>0.0.0.0</bind-address>
          </tcp-listener>
        </listeners>
        <mqtt>
          <queued-messages>
            <max-queue-size>1000000</max-queue-size>
          </queued-messages>
        </mqtt>
        <anonymous-usage-statistics>
          <enabled>false</enabled>
        </anonymous-usage-statistics>
      </hivemq>
      """;

  private Images() {}

  /** A PostgreSQL, not started. */
  public static PostgreSQLContainer<?> postgresql() {
    return new PostgreSQLContainer<>(
        DockerImageName.parse(POSTGRESQL).asCompatibleSubstituteFor("postgres"));
  }

  /** A mosquitto that lets everybody in and queues without a limit, not started. */
  public static GenericContainer<?> mosquitto() {
    return broker(MOSQUITTO, MOSQUITTO_CONFIGURATION, "/mosquitto/config/mosquitto.conf");
  }

  /** A HiveMQ that lets everybody in and queues more than a test sends, not started. */
  public static GenericContainer<?> hivemq() {
    return broker(HIVEMQ, HIVEMQ_CONFIGURATION, "/opt/hivemq/conf/config.xml");
  }

  private static GenericContainer<?> broker(String image, String configuration, String path) {
    return new GenericContainer<>(DockerImageName.parse(image))
        .withCopyToContainer(Transferable.of(configuration, 0644), path)
        .withExposedPorts(MQTT_PORT);
  }
}
