package org.mqttintegration.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.camel.Exchange;
import org.mqttintegration.resource.ItemPage;
import org.mqttintegration.resource.RequestParameters;
import org.mqttintegration.resource.ResourceRoutes;
import org.mqttintegration.send.Publish;
import org.springframework.stereotype.Component;

/** The operations on signals over REST. */
@Component
class SignalRoutes extends ResourceRoutes {

  private static final List<String> SORTABLE =
      List.of("name", "id", "brokerId", "subscriptionId", "topic", "qos", "sendAt");

  private final SignalService signals;

  SignalRoutes(SignalService signals) {
    this.signals = signals;
  }

  @Override
  public void configure() {
    answer(operation("listSignals", "Lists signals"), this::list);
    created(
        operation("createSignal", "Stores a signal"),
        SignalRequest.class,
        signals::create,
        signal -> "/signals/" + signal.id());
    answer(operation("getSignal", "Reads a signal"), e -> signals.get(id(e)));
    answer(operation("replaceSignal", "Replaces a signal"), SignalRequest.class, signals::replace);
    answer(operation("patchSignal", "Changes fields of a signal"), JsonNode.class, signals::patch);
    deleted(operation("deleteSignal", "Deletes a signal"), e -> signals.delete(id(e)));

    operation("sendSignal", "Sends a signal")
        .process(e -> e.setProperty(Publish.REQUEST_BODY, e.getMessage().getBody(String.class)))
        .filter(body().isNotNull())
        .unmarshal()
        .json(SendSignalRequest.class)
        .end()
        .setBody(this::message)
        .to("direct:acceptSend");

    operation("listSignalHistory", "Lists what was recorded of a signal")
        .process(e -> e.setProperty("signalId", signals.get(id(e)).id()))
        .to("direct:listHistory");
  }

  private Publish message(Exchange exchange) {
    SendSignalRequest request = exchange.getMessage().getBody(SendSignalRequest.class);
    return signals.message(id(exchange), SendSignalRequest.values(request));
  }

  private ItemPage<Signal> list(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    SignalFilter filter =
        new SignalFilter(
            parameters.text("name"),
            parameters.number("brokerId"),
            parameters.number("subscriptionId"));
    return signals.list(filter, parameters.page(SORTABLE));
  }
}
