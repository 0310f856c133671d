package org.mqttintegration.node;

import java.util.List;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The operation on nodes over REST. */
@Component
class NodeRoutes extends ResourceRoutes {

  private final Nodes nodes;

  NodeRoutes(Nodes nodes) {
    this.nodes = nodes;
  }

  /** The answer to listing. */
  record NodeList(List<Node> items) {}

  @Override
  public void configure() {
    answer(
        operation("listNodes", "Lists the nodes, and what each has"),
        e -> new NodeList(nodes.list()));
  }
}
