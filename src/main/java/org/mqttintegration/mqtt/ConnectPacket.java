package org.mqttintegration.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** What CONNECT says (MQTT 5, section 3.1), as Paho takes it. */
final class ConnectPacket {

  private ConnectPacket() {}

  static MqttConnectionOptions of(ConnectionOptions options) {
    MqttConnectionOptions connect = new MqttConnectionOptions();
    connect.setAutomaticReconnect(false);
    connect.setKeepAliveInterval((int) options.keepalive().toSeconds());
    connect.setConnectionTimeout((int) options.connectTimeout().toSeconds());
    connect.setUseSubscriptionIdentifiers(false); // they are ours to choose
    String password = options.password();
    if (options.username() != null) {
      connect.setUserName(options.username());
    }
    if (password != null) {
      connect.setPassword(password.getBytes(StandardCharsets.UTF_8));
    }
    addSession(connect, options.session());
    WillOptions will = options.will();
    if (will != null) {
      addWill(connect, will);
    }
    return connect;
  }

  private static void addSession(MqttConnectionOptions connect, SessionOptions session) {
    connect.setCleanStart(session.cleanStart());
    connect.setSessionExpiryInterval(session.expiry());
    connect.setReceiveMaximum(session.receiveMaximum());
    connect.setMaximumPacketSize((long) session.maximumPacketSize());
    connect.setUserProperties(paho(session.userProperties()));
  }

  private static void addWill(MqttConnectionOptions connect, WillOptions will) {
    connect.setWill(
        will.topic(),
        new MqttMessage(will.payload(), will.qos(), will.retain(), new MqttProperties()));
    MqttProperties properties = new MqttProperties();
    properties.setWillDelayInterval(will.delay());
    connect.setWillMessageProperties(properties);
  }

  private static List<org.eclipse.paho.mqttv5.common.packet.UserProperty> paho(
      List<UserProperty> properties) {
    return properties.stream()
        .map(p -> new org.eclipse.paho.mqttv5.common.packet.UserProperty(p.name(), p.value()))
        .toList();
  }
}
