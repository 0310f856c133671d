package org.mqttintegration.mqtt;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Configuration;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Endpoint;
import org.jspecify.annotations.Nullable;

/** A view on a broker's connection: consumes one subscription of it, or publishes through it. */
class SharedPahoEndpoint extends PahoMqtt5Endpoint {

  private final MqttConnection connection;
  private @Nullable SubscriptionOptions subscription;
  private boolean unmatched;

  SharedPahoEndpoint(
      String uri,
      String topic,
      SharedPahoComponent component,
      PahoMqtt5Configuration configuration,
      MqttConnection connection) {
    super(uri, topic, component, configuration);
    this.connection = connection;
  }

  void setSubscription(SubscriptionOptions subscription) {
    this.subscription = subscription;
  }

  void setUnmatched(boolean unmatched) {
    this.unmatched = unmatched;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (subscription == null) {
      throw new IllegalStateException("an endpoint is made by its component");
    }
    SharedPahoConsumer consumer =
        unmatched
            ? SharedPahoConsumer.ofUnmatched(this, processor, connection.subscriptions())
            : SharedPahoConsumer.of(this, processor, connection.subscriptions(), subscription);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    return new SharedPahoProducer(this, connection);
  }
}
