package org.mqttintegration.embedded;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Pair;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTSessionState.OutboundStore;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTStateManager;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Gives each new connection the whole of its Receive Maximum (MQTT 5, section 4.9).
 *
 * <p>Artemis delivers what was in flight when a connection was lost with new packet identifiers,
 * and goes on counting the old ones: a session that had its Receive Maximum in flight never gets
 * another message. This forgets them when CONNACK is sent, which is before the first delivery.
 */
final class FreshWindowOnResume implements MQTTInterceptor {

  private static final int LAST_PACKET_IDENTIFIER = 65_535;

  /** Whose consumer Artemis gives to a PUBREL that waits for its PUBCOMP. */
  private static final long PUBREL = 0;

  private final ActiveMQServer server;

  private FreshWindowOnResume(ActiveMQServer server) {
    this.server = server;
  }

  static void install(ActiveMQServer server) {
    server.getRemotingService().addOutgoingInterceptor(new FreshWindowOnResume(server));
  }

  @Override
  public boolean intercept(MqttMessage packet, RemotingConnection connection)
      throws ActiveMQException {
    if (packet instanceof MqttConnAckMessage connack
        && connack.variableHeader().isSessionPresent()) {
      forgetDeliveries(inFlight(connection.getClientID()));
    }
    return true;
  }

  private OutboundStore inFlight(String clientId) throws ActiveMQException {
    try {
      return MQTTStateManager.getInstance(server).getSessionState(clientId).getOutboundStore();
    } catch (Exception e) {
      throw new ActiveMQException("No session of " + clientId, e, null);
    }
  }

  private static void forgetDeliveries(OutboundStore inFlight) {
    if (inFlight.getPendingMessages() == 0) {
      return;
    }
    for (int id = 1; id <= LAST_PACKET_IDENTIFIER; id++) {
      Pair<Long, Long> messageAndConsumer = inFlight.publishAckd(id);
      if (messageAndConsumer != null && messageAndConsumer.getB() == PUBREL) {
        inFlight.publishReleasedSent(id, messageAndConsumer.getA());
      }
    }
  }
}
