package org.mqttintegration.mqtt;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Component;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Configuration;
import org.springframework.stereotype.Component;

/**
 * Camel's {@code paho-mqtt5} component, with endpoints that share a broker's connection when they
 * name one by {@code connection}. Endpoints without it are Camel's own.
 */
@Component("paho-mqtt5-component")
class SharedPahoComponent extends PahoMqtt5Component {

  private final MqttConnections connections;

  SharedPahoComponent(CamelContext context, MqttConnections connections) {
    super(context);
    this.connections = connections;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    String key = getAndRemoveParameter(parameters, "connection", String.class);
    if (key == null) {
      return super.createEndpoint(uri, remaining, parameters);
    }
    PahoMqtt5Configuration configuration = getConfiguration().copy();
    String topic = EndpointUri.unescape(remaining);
    SharedPahoEndpoint endpoint =
        new SharedPahoEndpoint(uri, topic, this, configuration, connections.connection(key));
    endpoint.setUnmatched(getAndRemoveParameter(parameters, "unmatched", boolean.class, false));
    int identifier = getAndRemoveParameter(parameters, "subscriptionIdentifier", int.class, 0);
    boolean noLocal = getAndRemoveParameter(parameters, "noLocal", boolean.class, false);
    boolean asPublished =
        getAndRemoveParameter(parameters, "retainAsPublished", boolean.class, false);
    int retainHandling = getAndRemoveParameter(parameters, "retainHandling", int.class, 0);
    configuration.setQos(
        getAndRemoveParameter(parameters, "qos", int.class, configuration.getQos()));
    configuration.setRetained(
        getAndRemoveParameter(parameters, "retained", boolean.class, configuration.isRetained()));
    endpoint.setSubscription(
        new SubscriptionOptions(
            identifier, topic, configuration.getQos(), noLocal, asPublished, retainHandling));
    return endpoint;
  }
}
