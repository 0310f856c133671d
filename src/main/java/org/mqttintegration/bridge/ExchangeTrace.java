package org.mqttintegration.bridge;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.RecordedMessage;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.telemetry.TraceSpan;
import org.mqttintegration.telemetry.TracedMessage;
import org.mqttintegration.telemetry.Traces;

/** The trace of a message that a route works on: it goes along with the exchange to its targets. */
final class ExchangeTrace {

  /** A property of the exchange: the span of the route. */
  private static final String PROPERTY = "mqttTraceSpan";

  private ExchangeTrace() {}

  /** A route begins to work on a message; null when nobody is told. */
  static @Nullable TraceSpan begin(
      Traces traces, Exchange exchange, RecordedMessage message, String routeId) {
    if (!traces.areOn()) {
      return null;
    }
    TraceSpan span =
        traces.route(
            new TracedMessage(
                message.id(),
                message.brokerId(),
                message.topic(),
                message.timestamp(),
                message.properties().userProperty(Traces.TRACEPARENT)),
            routeId);
    exchange.setProperty(PROPERTY, span);
    return span;
  }

  /**
   * A target is called, which gets a header that names the call; null when nobody is told. The
   * header that was there before is for {@link #called}.
   */
  static @Nullable TraceSpan call(Exchange exchange, String target) {
    TraceSpan route = exchange.getProperty(PROPERTY, TraceSpan.class);
    if (route == null) {
      return null;
    }
    TraceSpan call = route.call(target);
    exchange.getMessage().setHeader(Traces.TRACEPARENT, call.traceparent());
    return call;
  }

  /** It has answered, or failed. */
  static void called(@Nullable TraceSpan call, Exchange exchange, @Nullable Object headerBefore) {
    if (call == null) {
      return;
    }
    call.end(exchange.getException());
    Message message = exchange.getMessage();
    if (headerBefore == null) {
      message.removeHeader(Traces.TRACEPARENT);
    } else {
      message.setHeader(Traces.TRACEPARENT, headerBefore);
    }
  }

  /** The properties of a message to send, which carry the trace on. */
  static MessageProperties carriedOn(Exchange exchange, MessageProperties properties) {
    boolean followed = exchange.getProperty(PROPERTY) != null;
    String name = exchange.getMessage().getHeader(Traces.TRACEPARENT, String.class);
    return followed && name != null
        ? properties.withUserProperty(new UserProperty(Traces.TRACEPARENT, name))
        : properties;
  }
}
