package org.mqttintegration.mqtt;

import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;

/** Hears once how an action of Paho's ended. */
record Completion(Consumer<IMqttToken> success, Consumer<Throwable> failure)
    implements MqttActionListener {

  @Override
  public void onSuccess(IMqttToken token) {
    success.accept(token);
  }

  @Override
  public void onFailure(IMqttToken token, Throwable exception) {
    failure.accept(exception);
  }
}
