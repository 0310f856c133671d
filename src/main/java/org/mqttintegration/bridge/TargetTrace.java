package org.mqttintegration.bridge;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.trace.Run;
import org.mqttintegration.telemetry.TraceSpan;
import org.mqttintegration.telemetry.Traces;
import org.springframework.stereotype.Component;

/**
 * Has the calls of targets traced, in routes of files. Each attempt is one, since what tries a step
 * again stands before this. All other routes are as they were.
 */
@Component
class TargetTrace implements InterceptStrategy {

  /** An exchange property: the call that failed last, and how often. */
  private static final String LAST_FAILED = "mqttFailedCall";

  /** Of what is tried for long, that many attempts are told, and then each second, fourth, … */
  private static final int TOLD_ATTEMPTS = 3;

  private record FailedCall(Traced target, int attempts) {}

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode step, Processor target, @Nullable Processor next) {
    String uri = uri(step);
    RouteDefinition route = ProcessorDefinitionHelper.getRoute(step);
    if (uri == null
        || uri.startsWith("log:")
        || route == null
        || !RouteFileRouteConfiguration.ID.equals(route.getRouteConfigurationId())) {
      return target;
    }
    return new Traced(target, withoutOptions(context, uri));
  }

  private static @Nullable String uri(NamedNode step) {
    if (step instanceof ToDynamicDefinition dynamic) {
      return dynamic.getUri();
    }
    if (step instanceof EndpointRequiredDefinition endpoint) {
      return endpoint.getEndpointUri();
    }
    return step instanceof EnrichDefinition || step instanceof PollEnrichDefinition
        ? ((ExpressionNode) step).getExpression().getExpression()
        : null;
  }

  /**
   * As the file has it: what is computed of a message may have parts of its payload, and options
   * may be secrets.
   */
  private static String withoutOptions(CamelContext context, String uri) {
    int options = uri.indexOf('?');
    String path = options < 0 ? uri : uri.substring(0, options);
    if (path.contains("{{secret:")) {
      return URISupport.sanitizeUri(path);
    }
    try {
      return URISupport.sanitizeUri(context.resolvePropertyPlaceholders(path));
    } catch (RuntimeException e) {
      return URISupport.sanitizeUri(path); // Camel says it at the endpoint
    }
  }

  /** A step of a route that calls a target. */
  private static final class Traced extends DelegateAsyncProcessor {

    private final String target;

    private Traced(Processor called, String target) {
      super(called);
      this.target = target;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      Run run = Run.of(exchange);
      if (run == null) {
        return super.process(exchange, callback);
      }
      long since = System.nanoTime();
      Object header = exchange.getMessage().getHeader(Traces.TRACEPARENT);
      TraceSpan call = ExchangeTrace.call(exchange, target);
      return super.process(
          exchange,
          inTime -> {
            ExchangeTrace.called(call, exchange, header);
            tell(run, exchange, since);
            callback.done(inTime);
          });
    }

    private void tell(Run run, Exchange exchange, long since) {
      Exception failure = exchange.getException();
      FailedCall before = exchange.getProperty(LAST_FAILED, FailedCall.class);
      int attempt = before != null && before.target() == this ? before.attempts() + 1 : 1;
      if (failure != null) {
        exchange.setProperty(LAST_FAILED, new FailedCall(this, attempt));
      }
      if (failure == null || attempt <= TOLD_ATTEMPTS || Integer.bitCount(attempt) == 1) {
        run.called(target, since, attempt, failure);
      }
      if (failure == null && before != null) {
        exchange.removeProperty(LAST_FAILED);
      }
    }
  }
}
