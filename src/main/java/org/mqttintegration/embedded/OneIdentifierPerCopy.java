package org.mqttintegration.embedded;

import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.SUBSCRIPTION_IDENTIFIER;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Pair;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTStateManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;

/**
 * Gives each copy of a message the identifier of its own subscription (MQTT 5, section 3.3.4).
 *
 * <p>Where subscriptions of one client overlap, Artemis sends a copy for each, and every copy with
 * the identifiers of all of them, so that a receiver cannot tell the copies apart.
 */
final class OneIdentifierPerCopy implements ActiveMQServerMessagePlugin, MQTTInterceptor {

  private final ActiveMQServer server;

  /** The queue of the subscription that a copy is being sent for; sending is done by one thread. */
  private final ThreadLocal<@Nullable String> queue = new ThreadLocal<>();

  private OneIdentifierPerCopy(ActiveMQServer server) {
    this.server = server;
  }

  static void install(ActiveMQServer server) {
    OneIdentifierPerCopy plugin = new OneIdentifierPerCopy(server);
    server.registerBrokerPlugin(plugin);
    server.getRemotingService().addOutgoingInterceptor(plugin);
  }

  @Override
  public void beforeDeliver(ServerConsumer consumer, MessageReference reference) {
    queue.set(consumer.getQueueName().toString());
  }

  @Override
  public void afterDeliver(ServerConsumer consumer, MessageReference reference) {
    queue.remove();
  }

  @Override
  public boolean intercept(MqttMessage packet, RemotingConnection connection)
      throws ActiveMQException {
    String sentFor = queue.get();
    if (sentFor != null && packet instanceof MqttPublishMessage publish) {
      // the packet's own list
      List<? extends MqttProperty<?>> identifiers =
          own(publish.variableHeader().properties().getProperties(SUBSCRIPTION_IDENTIFIER.value()));
      if (identifiers.size() > 1) {
        Integer identifier = identifier(connection.getClientID(), sentFor);
        identifiers.removeIf(other -> identifier != null && !identifier.equals(other.value()));
      }
    }
    return true;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Netty leaves the value's type out
  private static List<? extends MqttProperty<?>> own(List<? extends MqttProperty> identifiers) {
    return (List<? extends MqttProperty<?>>) (List) identifiers;
  }

  private @Nullable Integer identifier(String clientId, String queueName) throws ActiveMQException {
    for (Pair<MqttTopicSubscription, Integer> subscription : subscriptions(clientId)) {
      String name =
          MQTTUtil.getCoreQueueFromMqttTopic(
              subscription.getA().topicName(),
              clientId,
              server.getConfiguration().getWildcardConfiguration());
      if (name.equals(queueName)) {
        return subscription.getB();
      }
    }
    return null;
  }

  private Iterable<Pair<MqttTopicSubscription, Integer>> subscriptions(String clientId)
      throws ActiveMQException {
    try {
      return MQTTStateManager.getInstance(server)
          .getSessionState(clientId)
          .getSubscriptionsPlusID();
    } catch (Exception e) {
      throw new ActiveMQException("No session of " + clientId, e, null);
    }
  }
}
