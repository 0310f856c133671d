package org.mqttintegration.testing;

/** The images that container suites run on. */
public final class Images {

  public static final String POSTGRESQL = "postgres:17-alpine";
  public static final String MOSQUITTO = "eclipse-mosquitto:2";
  public static final String HIVEMQ = "hivemq/hivemq-ce:latest";

  private Images() {}

  /** The configuration in the mosquitto image that lets everybody in. */
  public static final String[] MOSQUITTO_OPEN = {"mosquitto", "-c", "/mosquitto-no-auth.conf"};
}
