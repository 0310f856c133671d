package org.mqttintegration.bridge;

import java.util.List;
import org.apache.camel.Exchange;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The operations on positions of durable routes over REST. */
@Component
class PositionRoutes extends ResourceRoutes {

  private final DurablePositions positions;

  PositionRoutes(DurablePositions positions) {
    this.positions = positions;
  }

  /** All positions. */
  record DurablePositionList(List<DurablePosition> items) {}

  @Override
  public void configure() {
    answer(
        operation("listPositions", "Lists how far durable routes are"),
        e -> new DurablePositionList(positions.all()));
    answer(
        operation("getPosition", "Reads how far a durable route is"), e -> positions.get(name(e)));
    operation("movePosition", "Has a durable route go on from elsewhere")
        .unmarshal()
        .json(MovePositionRequest.class)
        .setBody(this::move)
        .marshal()
        .json();
    deleted(
        operation("deletePosition", "Forgets how far a durable route is"),
        e -> positions.delete(name(e)));
  }

  private DurablePosition move(Exchange exchange) {
    MovePositionRequest request = exchange.getMessage().getBody(MovePositionRequest.class);
    if (request == null) {
      throw ProblemException.invalid("", "A JSON object is expected.");
    }
    return positions.move(name(exchange), request);
  }

  private static String name(Exchange exchange) {
    return exchange.getMessage().getHeader("name", "", String.class);
  }
}
