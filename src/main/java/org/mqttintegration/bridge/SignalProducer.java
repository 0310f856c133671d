package org.mqttintegration.bridge;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.service.ServiceHelper;
import org.mqttintegration.bridge.trace.Run;
import org.mqttintegration.send.Publish;
import org.mqttintegration.send.SendOrigin;

/** Hands the body of exchanges to the outbox. */
final class SignalProducer extends DefaultProducer {

  private final SignalEndpoint endpoint;
  private final ProducerTemplate camel;

  SignalProducer(SignalEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
    this.camel = endpoint.getCamelContext().createProducerTemplate(1);
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Publish publish = publish(exchange);
    SendOrigin origin = origin(exchange);
    Exchange sent =
        camel.send(
            "direct:publish",
            e -> {
              e.setProperty(Publish.WAIT, endpoint.getWait());
              e.setProperty(SendOrigin.PROPERTY, origin);
              e.getMessage().setBody(publish);
            });
    if (sent.getException() != null) {
      throw sent.getException();
    }
  }

  private static SendOrigin origin(Exchange exchange) {
    Run run = Run.of(exchange);
    return run == null
        ? SendOrigin.route(exchange.getFromRouteId(), null)
        : SendOrigin.route(run.routeId(), run.historyId());
  }

  private Publish publish(Exchange exchange) {
    Message message = exchange.getMessage();
    String topic = endpoint.getTopic();
    byte[] payload = message.getBody(byte[].class);
    return new Publish(
        null,
        Objects.requireNonNull(endpoint.getBroker()),
        topic != null ? topic : message.getHeader(SignalHeaders.TOPIC, "", String.class),
        payload != null ? payload : new byte[0],
        endpoint.getQos(),
        endpoint.isRetain(),
        ExchangeTrace.carriedOn(
            exchange, Hops.next(exchange, SignalHeaders.properties(message), hopLimit(exchange))),
        null);
  }

  /** Where nothing is configured, as in a dry run, nothing is sent. */
  private static int hopLimit(Exchange exchange) {
    BridgeSettings settings =
        exchange.getContext().getRegistry().findSingleByType(BridgeSettings.class);
    return settings == null ? Integer.MAX_VALUE : settings.hopLimit();
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    ServiceHelper.stopService(camel);
  }
}
