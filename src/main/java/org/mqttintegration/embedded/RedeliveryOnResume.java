package org.mqttintegration.embedded;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Pair;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTSessionState.OutboundStore;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTStateManager;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerConsumerPlugin;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what was in flight when a connection was lost under the packet identifiers that it had
 * (MQTT 5, section 4.4), and gives each new connection the whole of its Receive Maximum (section
 * 4.9).
 *
 * <p>Artemis takes new identifiers, as it knows them by its consumer, which each connection has of
 * its own; so a receiver of QoS 2 cannot tell that a message came before. And it goes on counting
 * the old ones: a session that had its Receive Maximum in flight never gets another message. This
 * forgets them when CONNACK is sent, which is before the first delivery, and gives them back as the
 * messages are delivered again.
 */
final class RedeliveryOnResume
    implements MQTTInterceptor, ActiveMQServerConsumerPlugin, ActiveMQServerMessagePlugin {

  private static final int LAST_PACKET_IDENTIFIER = 65_535;

  /** Whose consumer Artemis gives to a PUBREL that waits for its PUBCOMP. */
  private static final long PUBREL = 0;

  private final ActiveMQServer server;

  /** By client identifier and consumer, the queues of consumers that ended with deliveries open. */
  private final Map<String, Map<Long, String>> queues = new ConcurrentHashMap<>();

  /** By client identifier, the packet identifiers of what is to be delivered again. */
  private final Map<String, Map<Copy, Integer>> identifiers = new ConcurrentHashMap<>();

  /** A message for one of a client's subscriptions. */
  private record Copy(String queue, long messageId) {}

  private RedeliveryOnResume(ActiveMQServer server) {
    this.server = server;
  }

  static void install(ActiveMQServer server) {
    RedeliveryOnResume plugin = new RedeliveryOnResume(server);
    server.registerBrokerPlugin(plugin);
    server.getRemotingService().addOutgoingInterceptor(plugin);
  }

  @Override
  public void beforeCloseConsumer(ServerConsumer consumer, boolean failed)
      throws ActiveMQException {
    String clientId = clientId(consumer);
    if (clientId != null && inFlight(clientId).getPendingMessages() > 0) {
      queues
          .computeIfAbsent(clientId, id -> new ConcurrentHashMap<>())
          .put(consumer.getID(), consumer.getQueueName().toString());
    }
  }

  @Override
  public boolean intercept(MqttMessage packet, RemotingConnection connection)
      throws ActiveMQException {
    if (packet instanceof MqttConnAckMessage connack && connection.getClientID() != null) {
      String clientId = connection.getClientID();
      Map<Long, String> ended = queues.remove(clientId);
      identifiers.remove(clientId);
      if (connack.variableHeader().isSessionPresent()) {
        Map<Copy, Integer> again =
            forgetDeliveries(inFlight(clientId), ended == null ? Map.of() : ended);
        if (!again.isEmpty()) {
          identifiers.put(clientId, again);
        }
      }
    }
    return true;
  }

  private static Map<Copy, Integer> forgetDeliveries(
      OutboundStore inFlight, Map<Long, String> queues) {
    Map<Copy, Integer> forgotten = new ConcurrentHashMap<>();
    if (inFlight.getPendingMessages() == 0) {
      return forgotten;
    }
    for (int id = 1; id <= LAST_PACKET_IDENTIFIER; id++) {
      Pair<Long, Long> messageAndConsumer = inFlight.publishAckd(id);
      if (messageAndConsumer == null) {
        continue;
      }
      String queue = queues.get(messageAndConsumer.getB());
      if (messageAndConsumer.getB() == PUBREL) {
        inFlight.publishReleasedSent(id, messageAndConsumer.getA());
      } else if (queue != null) {
        forgotten.put(new Copy(queue, messageAndConsumer.getA()), id);
      }
    }
    return forgotten;
  }

  @Override
  public void beforeDeliver(ServerConsumer consumer, MessageReference reference)
      throws ActiveMQException {
    String clientId = identifiers.isEmpty() ? null : clientId(consumer);
    Map<Copy, Integer> again = clientId == null ? null : identifiers.get(clientId);
    if (clientId == null || again == null) {
      return;
    }
    Integer identifier =
        again.remove(new Copy(consumer.getQueueName().toString(), reference.getMessageID()));
    if (identifier != null) {
      // it asks there before it takes a new one
      inFlight(clientId).publish(identifier, reference.getMessageID(), consumer.getID());
    }
    if (again.isEmpty()) {
      identifiers.remove(clientId, again);
    }
  }

  private @Nullable String clientId(ServerConsumer consumer) {
    ServerSession session = server.getSessionByID(consumer.getSessionID());
    return session == null ? null : session.getRemotingConnection().getClientID();
  }

  private OutboundStore inFlight(String clientId) throws ActiveMQException {
    try {
      return MQTTStateManager.getInstance(server).getSessionState(clientId).getOutboundStore();
    } catch (Exception e) {
      throw new ActiveMQException("No session of " + clientId, e, null);
    }
  }
}
