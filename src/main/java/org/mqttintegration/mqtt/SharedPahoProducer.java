package org.mqttintegration.mqtt;

import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.support.DefaultAsyncProducer;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Publishes the body through the shared connection, and completes the exchange with the broker's
 * answer.
 */
final class SharedPahoProducer extends DefaultAsyncProducer {

  private final MqttConnection connection;

  SharedPahoProducer(SharedPahoEndpoint endpoint, MqttConnection connection) {
    super(endpoint);
    this.connection = connection;
  }

  @Override
  public SharedPahoEndpoint getEndpoint() {
    return (SharedPahoEndpoint) super.getEndpoint();
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Message in = exchange.getIn();
    String topic =
        in.getHeader(
            PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC, getEndpoint().getTopic(), String.class);
    connection
        .publish(topic, message(in), in.getHeader(MqttHeaders.NUMBER, Long.class))
        .whenComplete(
            (code, failure) -> {
              if (failure != null) {
                exchange.setException(failure);
              } else {
                exchange.getMessage().setHeader(MqttHeaders.REASON_CODE, code);
              }
              callback.done(false);
            });
    return false;
  }

  private MqttMessage message(Message in) {
    var defaults = getEndpoint().getConfiguration();
    MqttMessage message =
        new MqttMessage(Objects.requireNonNullElse(in.getBody(byte[].class), new byte[0]));
    message.setQos(
        in.getHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_QOS, defaults.getQos(), Integer.class));
    message.setRetained(
        in.getHeader(
            PahoMqtt5Constants.CAMEL_PAHO_MSG_RETAINED, defaults.isRetained(), Boolean.class));
    MqttProperties properties =
        in.getHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES, MqttProperties.class);
    message.setProperties(properties != null ? properties : new MqttProperties());
    return message;
  }
}
