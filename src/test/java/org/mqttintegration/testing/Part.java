package org.mqttintegration.testing;

/** The real servers that suites run on. */
public enum Part {
  EMBEDDED_POSTGRESQL("embedded PostgreSQL"),
  SYSTEM_POSTGRESQL("installed PostgreSQL"),
  CONTAINER_POSTGRESQL("container PostgreSQL"),
  ARTEMIS("embedded Artemis"),
  MOSQUITTO("mosquitto binary"),
  CONTAINER_MOSQUITTO("container mosquitto"),
  CONTAINER_HIVEMQ("container HiveMQ"),
  COMPOSE("docker-compose.yml");

  private final String title;

  Part(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
