package org.mqttintegration.mqtt;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes an exchange of each message, and acknowledges the message when the exchange completed
 * without failure.
 */
final class SharedPahoConsumer extends DefaultConsumer implements MessageReceiver {

  private final Subscriptions subscriptions;
  private final @Nullable SubscriptionOptions options;

  private SharedPahoConsumer(
      SharedPahoEndpoint endpoint,
      Processor processor,
      Subscriptions subscriptions,
      @Nullable SubscriptionOptions options) {
    super(endpoint, processor);
    this.subscriptions = subscriptions;
    this.options = options;
  }

  /** Consumes one subscription. */
  static SharedPahoConsumer of(
      SharedPahoEndpoint endpoint,
      Processor processor,
      Subscriptions subscriptions,
      SubscriptionOptions options) {
    return new SharedPahoConsumer(endpoint, processor, subscriptions, options);
  }

  /** Consumes what no subscription of the connection asked for. */
  static SharedPahoConsumer ofUnmatched(
      SharedPahoEndpoint endpoint, Processor processor, Subscriptions subscriptions) {
    return new SharedPahoConsumer(endpoint, processor, subscriptions, null);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    if (options == null) {
      subscriptions.receiveUnmatched(this);
    } else {
      subscriptions.add(options, this);
    }
  }

  @Override
  protected void doStop() throws Exception {
    if (options == null) {
      subscriptions.receiveUnmatched(null);
    } else {
      // when the application ends, the broker's session shall go on queueing
      subscriptions.remove(options.identifier(), !getEndpoint().getCamelContext().isStopping());
    }
    super.doStop();
  }

  @Override
  public void receive(ReceivedMessage message, Acknowledgement acknowledgement) {
    Exchange exchange = createExchange(false);
    exchange.setProperty(MqttHeaders.RECEIVED, message);
    Message in = exchange.getIn();
    in.setBody(message.payload());
    in.setHeader(PahoMqtt5Constants.MQTT_TOPIC, message.topic());
    in.setHeader(PahoMqtt5Constants.MQTT_QOS, message.qos());
    getAsyncProcessor()
        .process(
            exchange,
            doneSync -> {
              Exception failure = exchange.getException();
              if (failure != null && !(failure instanceof LeftToAnotherException)) {
                getExceptionHandler()
                    .handleException("message not recorded, not acknowledged", failure);
              }
              acknowledgement.done(failure == null);
              releaseExchange(exchange, false);
            });
  }
}
