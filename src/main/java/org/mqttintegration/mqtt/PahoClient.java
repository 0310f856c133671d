package org.mqttintegration.mqtt;

import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPubRec;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

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

  /** Sends a PUBREC (MQTT 5, section 3.5) with Success. */
  void sendPubrec(int packetIdentifier) throws MqttException {
    MqttPubRec pubrec =
        new MqttPubRec(MqttReturnCode.RETURN_CODE_SUCCESS, packetIdentifier, new MqttProperties());
    comms.sendNoWait(pubrec, new MqttToken(getClientId()));
  }
}
