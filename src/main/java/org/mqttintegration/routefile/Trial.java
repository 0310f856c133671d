package org.mqttintegration.routefile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.PayloadEncoding;
import org.mqttintegration.routefile.TrialResult.Failed;
import org.mqttintegration.routefile.TrialResult.Sent;

/** One trial of a file: where its routes begin, and what they sent until now. */
final class Trial {

  /** An exchange property: the message of the history that it began with. */
  static final String HISTORY_ID = "trialHistoryId";

  private static final String BODY_UNREADABLE = "(%s)";

  private final UnaryOperator<@Nullable String> hiding;
  private final Map<String, Processor> sources = new LinkedHashMap<>();
  private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
  private final List<Failed> failures = Collections.synchronizedList(new ArrayList<>());
  private int messages;

  /**
   * @param hiding takes secrets out of a text
   */
  Trial(UnaryOperator<@Nullable String> hiding) {
    this.hiding = hiding;
  }

  /** A route begins there. */
  void source(String uri, Processor processor) {
    sources.put(uri, processor);
  }

  /** Where routes begin, with what works on a message there. */
  Map<String, Processor> sources() {
    return sources;
  }

  /** Has a route work on a message. */
  void process(Processor route, Exchange exchange) {
    messages++;
    try {
      route.process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
    Exception failure = exchange.getException();
    if (failure != null) {
      failures.add(
          new Failed(
              exchange.getProperty(HISTORY_ID, Long.class),
              exchange.getFromRouteId(),
              failure.getClass().getName(),
              hiding.apply(failure.getMessage())));
    }
  }

  /** A target would have received it. */
  void sent(String uri, Exchange exchange) {
    Message message = exchange.getMessage();
    byte[] body = body(message);
    PayloadEncoding encoding = PayloadEncoding.of(body);
    sent.add(
        new Sent(
            exchange.getProperty(HISTORY_ID, Long.class),
            exchange.getFromRouteId(),
            hidden(URISupport.sanitizeUri(uri)),
            headers(message),
            encoding == PayloadEncoding.UTF8
                ? hidden(encoding.encode(body))
                : encoding.encode(body),
            encoding));
  }

  private String hidden(String text) {
    return String.valueOf(hiding.apply(text));
  }

  private static byte[] body(Message message) {
    Object body = message.getBody();
    if (body == null) {
      return new byte[0];
    }
    byte[] bytes = message.getBody(byte[].class);
    if (bytes != null) {
      return bytes;
    }
    String text =
        body instanceof Map || body instanceof Iterable
            ? body.toString()
            : BODY_UNREADABLE.formatted(body.getClass().getName());
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Map<String, String> headers(Message message) {
    Map<String, String> headers = new TreeMap<>();
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (!name.toLowerCase(Locale.ROOT).startsWith("camel")) {
                headers.put(
                    name,
                    value instanceof byte[] bytes
                        ? PayloadEncoding.BASE64.encode(bytes)
                        : hidden(String.valueOf(value)));
              }
            });
    return headers;
  }

  TrialResult result(boolean complete) {
    return new TrialResult(messages, complete, List.copyOf(sent), List.copyOf(failures), null);
  }
}
