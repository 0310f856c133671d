package org.mqttintegration.bridge;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.stereotype.Component;

/**
 * The {@code signal:} endpoint of route files. {@code signal:send} hands the body to the outbox,
 * and goes on when it is stored: it will be sent, whatever happens. Options:
 *
 * <ul>
 *   <li>{@code broker}: the broker's name, required
 *   <li>{@code topic}: the topic; the header {@code mqttTopic} when absent
 *   <li>{@code qos}: 0 to 2, by default 0
 *   <li>{@code retain}: by default false
 *   <li>{@code wait}: how long to wait for the outcome, as in {@code 10s}; it fails when the
 *       message was refused. By default not at all
 * </ul>
 */
@Component("signal-component")
class SignalComponent extends DefaultComponent {

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.equals("send")) {
      throw new IllegalArgumentException("There is no signal:" + remaining + ", only signal:send");
    }
    String broker = getAndRemoveParameter(parameters, "broker", String.class);
    if (broker == null) {
      throw new IllegalArgumentException("signal:send needs the parameter broker");
    }
    return new SignalSendEndpoint(
        uri,
        this,
        broker,
        getAndRemoveParameter(parameters, "topic", String.class),
        getAndRemoveParameter(parameters, "qos", int.class, 0),
        getAndRemoveParameter(parameters, "retain", boolean.class, false),
        getAndRemoveParameter(parameters, "wait", Duration.class, Duration.ZERO));
  }
}
