package org.mqttintegration.mqtt;

import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPubRec;
import org.eclipse.paho.mqttv5.common.packet.MqttPubRel;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.eclipse.paho.mqttv5.common.packet.MqttSubscribe;
import org.eclipse.paho.mqttv5.common.packet.MqttUnsubscribe;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;
import org.jspecify.annotations.Nullable;

/** Paho's client on our transport, without threads of its own for pings. */
final class PahoClient extends MqttAsyncClient {

  private final BrokerTransport transport;

  PahoClient(String clientId, BrokerTransport transport, KeepAlive keepAlive) throws MqttException {
    // the URI only has to be valid: createNetworkModules below decides the way
    super("tcp://broker", clientId, new NoPersistence(), keepAlive, null);
    this.transport = transport;
  }

  @Override
  protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions connect) {
    return new NetworkModule[] {transport};
  }

  // What follows differs from Paho's own in the packet identifier, which is ours: Paho begins at 1
  // for each connection, whatever the session has in flight.

  /** Sends a PUBLISH. */
  void publish(
      int packetIdentifier,
      String topic,
      MqttMessage message,
      boolean duplicate,
      MqttActionListener listener)
      throws MqttException {
    MqttPublish publish = new UnaliasedPublish(topic, message);
    publish.setDuplicate(duplicate);
    send(publish, packetIdentifier, listener);
  }

  /** Sends a SUBSCRIBE. */
  void subscribe(
      int packetIdentifier,
      MqttSubscription subscription,
      MqttProperties properties,
      MqttActionListener listener)
      throws MqttException {
    send(new MqttSubscribe(subscription, properties), packetIdentifier, listener);
  }

  /** Sends an UNSUBSCRIBE. */
  void unsubscribe(int packetIdentifier, String topicFilter, MqttActionListener listener)
      throws MqttException {
    send(
        new MqttUnsubscribe(new String[] {topicFilter}, new MqttProperties()),
        packetIdentifier,
        listener);
  }

  /** Sends a PUBREL (section 3.6) with Success; the listener hears of the PUBCOMP. */
  void release(int packetIdentifier, MqttActionListener listener) throws MqttException {
    send(
        new MqttPubRel(MqttReturnCode.RETURN_CODE_SUCCESS, packetIdentifier, new MqttProperties()),
        packetIdentifier,
        listener);
  }

  private void send(
      MqttWireMessage packet, int packetIdentifier, @Nullable MqttActionListener listener)
      throws MqttException {
    packet.setMessageId(packetIdentifier);
    MqttToken token = new MqttToken(getClientId());
    token.setActionCallback(listener);
    token.setRequestMessage(packet);
    comms.sendNoWait(packet, token);
  }

  /** Sends a PUBREC (MQTT 5, section 3.5) with Success. */
  void sendPubrec(int packetIdentifier) throws MqttException {
    send(
        new MqttPubRec(MqttReturnCode.RETURN_CODE_SUCCESS, packetIdentifier, new MqttProperties()),
        packetIdentifier,
        null);
  }
}
