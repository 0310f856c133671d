package org.mqttintegration.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where {@code http} endpoints of routes connect to. */
class HttpOutboundIT {

  private static final String NAME = "target.test";

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer front;
  private HttpServer inner;

  @BeforeEach
  void start() throws IOException {
    inner = server();
    inner.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    front = server();
    front.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", url("127.0.0.1", inner));
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    inner.start();
    front.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
    front.stop(0);
    inner.stop(0);
  }

  @Test
  void given_a_permitted_address_when_called_by_name_then_it_answers() {
    begin(OutboundOfTests.with(Map.of()).name(NAME, "169.254.169.254 127.0.0.1"));

    Exchange exchange = call(url(NAME, inner));

    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(204);
    assertThat(asked).hasValue(1);
  }

  @Test
  void given_a_denied_address_when_called_then_it_is_refused_with_the_rule() {
    begin(OutboundOfTests.with(Map.of("deny", "127.0.0.0/8")));

    assertRefused(call(url("127.0.0.1", inner)), "deny has 127.0.0.0/8");
  }

  @Test
  void given_a_redirect_to_a_denied_address_when_followed_then_it_is_refused() {
    String denied = "127.0.0.1:" + inner.getAddress().getPort();
    begin(OutboundOfTests.with(Map.of("deny", denied)));

    assertRefused(call(url("127.0.0.1", front) + "?followRedirects=true"), "deny has " + denied);
  }

  @Test
  void given_a_redirect_to_a_permitted_address_when_followed_then_it_answers() {
    begin(OutboundOfTests.with(Map.of()));

    assertThat(call(url("127.0.0.1", front) + "?followRedirects=true").getException()).isNull();
    assertThat(asked).hasValue(1);
  }

  @Test
  void
      given_a_name_that_resolves_to_loopback_on_the_second_look_up_when_called_then_it_is_refused() {
    begin(OutboundOfTests.with(Map.of("deny", "127.0.0.1")).name(NAME, "127.0.0.2", "127.0.0.1"));

    Exchange first = call(url(NAME, inner));
    Exchange second = call(url(NAME, inner));

    assertThat(OutboundRefusedException.isIn(first.getException())).as("nobody there").isFalse();
    assertRefused(second, "deny has 127.0.0.1");
  }

  private void assertRefused(Exchange exchange, String rule) {
    assertThat(OutboundRefusedException.isIn(exchange.getException())).isTrue();
    assertThat(exchange.getException()).hasMessageContaining(rule);
    assertThat(asked).hasValue(0);
  }

  private void begin(OutboundOfTests outbound) {
    camel.addComponent("http", new CheckedHttpComponent(outbound.addresses()));
    camel.start();
  }

  private Exchange call(String uri) {
    return camel.createProducerTemplate().request(uri, exchange -> {});
  }

  private static String url(String host, HttpServer server) {
    return "http://%s:%d/".formatted(host, server.getAddress().getPort());
  }

  private static HttpServer server() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }
}
