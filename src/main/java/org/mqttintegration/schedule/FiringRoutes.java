package org.mqttintegration.schedule;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.mqttintegration.send.Publish;
import org.mqttintegration.send.SendOrigin;
import org.mqttintegration.signal.SignalService;
import org.springframework.stereotype.Component;

/** How a schedule sends its signal. */
@Component
class FiringRoutes extends RouteBuilder {

  /** Where a {@link Firing} goes. */
  static final String FIRE = "direct:fireSchedule";

  private final SignalService signals;

  FiringRoutes(SignalService signals) {
    this.signals = signals;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler()); // the job decides what a failure means

    from(FIRE)
        .routeId("fireSchedule")
        .routeDescription("Sends the signal of a schedule that fires")
        .process(e -> e.setProperty(Publish.IDEMPOTENCY_KEY, firing(e).key()))
        .process(
            e -> e.setProperty(SendOrigin.PROPERTY, SendOrigin.schedule(firing(e).scheduleId())))
        .setBody(e -> signals.message(firing(e).signalId(), firing(e).values()))
        .to("direct:publish");
  }

  private static Firing firing(Exchange exchange) {
    return exchange.getMessage().getBody(Firing.class);
  }
}
