package org.mqttintegration.console.history;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.bridge.BridgeFixture;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.InBrowser;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.Ports;
import org.springframework.beans.factory.annotation.Autowired;

/** The way of a message in the console. */
@IntegrationTest
class JourneyPartIT extends InBrowser {

  private static final String FILE = "journey-part.camel.yaml";

  @Autowired private BrokerService brokers;
  @Autowired private LocalBroker local;
  @Autowired private CamelContext camel;

  private BridgeFixture bridge;
  private HttpServer target;

  @BeforeEach
  void open() throws Exception {
    bridge = new BridgeFixture(api, brokers, local, camel, "part");
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(400, -1);
          exchange.close();
        });
    target.start();
  }

  @AfterEach
  void close() throws Exception {
    api.delete("/route-files/" + FILE);
    api.delete("/dead-letters?routeId=part-erp");
    bridge.close();
    target.stop(0);
  }

  @Test
  void given_routes_that_work_fail_and_wait_when_looked_at_then_the_way_is_told() throws Exception {
    api.send("PUT", "/route-files/" + FILE, file(), Map.of("Content-Type", "text/yaml"))
        .expect(200);
    bridge.publish("in", "21.5");
    await().until(() -> history("receive").size() == 1);
    long id = history("receive").get(0).path("id").asLong();
    await()
        .atMost(Duration.ofSeconds(30)) // redeliveries, where much else runs
        .until(() -> ended(id) == 2 && history("send").size() == 1);

    String journey = "/console/history/" + id + "/journey";
    Page page = signedInReader("viewer", journey);
    page.waitForURL("**" + journey);

    assertThat(page.locator(".journey li").first()).containsText("Received from part");
    assertThat(page.locator(".journey li.failed")).not().hasCount(0);
    assertThat(page.locator(".journey")).containsText("Route part-on began to work on it");
    assertThat(page.locator(".journey")).containsText("HttpOperationFailedException");
    assertThat(page.locator(".journey a[href*='/console/routes/dead-letters/']")).hasCount(1);
    assertThat(page.locator(".journey li.waiting")).containsText("Route part-away works on it now");
    chromium.look(shown(page), "journey-received");

    page.navigate("/console/history/" + history("send").get(0).path("id").asText() + "/journey");
    assertThat(page.locator(".journey")).containsText("Route part-on made it of the message " + id);
    assertThat(page.locator(".journey")).containsText("The outcome of send");
    chromium.look(shown(page), "journey-sent");
  }

  /** A fragment is no page: it gets what its page has around it. */
  private static Page shown(Page page) {
    page.evaluate(
        """
        () => {
          document.documentElement.lang = 'en';
          document.title = 'A message';
          const main = document.createElement('main');
          const title = document.createElement('h1');
          title.textContent = 'A message';
          main.append(title, ...document.body.childNodes);
          document.body.append(main);
          const sheet = document.createElement('link');
          sheet.rel = 'stylesheet';
          sheet.href = '/assets/console.css';
          const done = new Promise((loaded) => { sheet.onload = loaded; });
          document.head.prepend(sheet);
          const times = document.createElement('script');
          times.src = '/assets/times.js';
          document.head.append(times);
          return done;
        }
        """);
    return page;
  }

  private long ended(long id) {
    return api.get("/history/" + id + "/journey").json().findValuesAsText("what").stream()
        .filter("routeEnded"::equals)
        .count();
  }

  private JsonNode history(String direction) {
    return api.get("/history?brokerId=%d&direction=%s".formatted(bridge.brokerId(), direction))
        .expect(200)
        .json()
        .path("items");
  }

  private String file() {
    return """
        - route:
            id: part-on
            description: Sends it on
            from:
              uri: signal:receive
              parameters:
                broker: part
              steps:
                - to: direct:part-check
                - to:
                    uri: signal:send
                    parameters:
                      broker: part
                      topic: out/readings
        - route:
            id: part-check
            description: Looks at it
            from:
              uri: direct:part-check
              steps:
                - log: seen
        - route:
            id: part-erp
            description: Has nothing that takes it
            from:
              uri: signal:receive
              parameters:
                broker: part
              steps:
                - to:
                    uri: http://127.0.0.1:%d/readings
        - route:
            id: part-away
            description: Waits for its target
            from:
              uri: signal:receive
              parameters:
                broker: part
                durable: part-away
              steps:
                - to:
                    uri: http://127.0.0.1:%d/erp
        """
        .formatted(target.getAddress().getPort(), Ports.free());
  }
}
