package org.mqttintegration.routefile;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.jspecify.annotations.Nullable;

/** The endpoints that a route goes on to, as its steps name them. */
final class RouteTargets {

  private RouteTargets() {}

  /** Their URIs in the order of the steps. What a message decides is told as the step has it. */
  static List<String> of(@Nullable RouteDefinition route) {
    return route == null
        ? List.of()
        : steps(route).map(RouteTargets::uri).filter(Objects::nonNull).toList();
  }

  @SuppressWarnings("rawtypes") // Camel's own
  private static Stream<ProcessorDefinition> steps(RouteDefinition route) {
    return ProcessorDefinitionHelper.filterTypeInOutputs(
        route.getOutputs(), ProcessorDefinition.class)
        .stream();
  }

  private static @Nullable String uri(ProcessorDefinition<?> step) {
    if (step instanceof EndpointRequiredDefinition target) {
      return target.getEndpointUri();
    }
    if (step instanceof ToDynamicDefinition target) {
      return target.getUri();
    }
    if (step instanceof KameletDefinition kamelet) {
      return "kamelet:" + kamelet.getName();
    }
    return step instanceof EnrichDefinition || step instanceof PollEnrichDefinition
        ? text(((ExpressionNode) step).getExpression())
        : null;
  }

  private static @Nullable String text(@Nullable ExpressionDefinition expression) {
    return expression == null ? null : expression.getExpression();
  }
}
