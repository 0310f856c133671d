package org.mqttintegration.request;

import org.mqttintegration.resource.ResourceRoutes;
import org.mqttintegration.signal.SendSignalRequest;
import org.springframework.stereotype.Component;

/** The operation that sends a signal and answers with what comes back. */
@Component
class RequestRoutes extends ResourceRoutes {

  private final SignalRequests requests;

  RequestRoutes(SignalRequests requests) {
    this.requests = requests;
  }

  @Override
  public void configure() {
    operation("requestSignal", "Sends a signal, and waits for the response")
        .filter(body().isNotNull())
        .unmarshal()
        .json(SendSignalRequest.class)
        .end()
        .process(requests::begin)
        .to("direct:publish")
        .process(requests::end)
        .marshal()
        .json();
  }
}
