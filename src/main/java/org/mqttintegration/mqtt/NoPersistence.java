package org.mqttintegration.mqtt;

import java.util.Collections;
import java.util.Enumeration;
import org.eclipse.paho.mqttv5.client.MqttClientPersistence;
import org.eclipse.paho.mqttv5.common.MqttPersistable;
import org.jspecify.annotations.Nullable;

/**
 * Paho keeps nothing: received messages are safe in the history before they are acknowledged, and a
 * new client is made for each connection.
 */
final class NoPersistence implements MqttClientPersistence {

  @Override
  public void open(String clientId) {}

  @Override
  public void close() {}

  @Override
  public void put(String key, MqttPersistable persistable) {}

  @Override
  @SuppressWarnings("NullAway") // Paho's interface is not annotated; null means absent
  public @Nullable MqttPersistable get(String key) {
    return null;
  }

  @Override
  public void remove(String key) {}

  @Override
  public Enumeration<String> keys() {
    return Collections.emptyEnumeration();
  }

  @Override
  public void clear() {}

  @Override
  public boolean containsKey(String key) {
    return false;
  }
}
