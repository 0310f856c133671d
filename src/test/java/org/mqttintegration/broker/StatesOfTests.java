package org.mqttintegration.broker;

import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.node.LeasesOfTests;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The states of connections that are all this node's. */
public final class StatesOfTests {

  private StatesOfTests() {}

  public static ReportedStates of(MqttConnections connections) {
    return new ReportedStates(
        mock(JdbcClient.class), connections, LeasesOfTests.all(), new ObjectMapper());
  }
}
