package org.mqttintegration.routefile.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.ProcessorEndpoint;
import org.junit.jupiter.api.Test;

class SecretPlacesTest {

  private static final String SECRET = "secretOfPlaces4711";

  @Test
  void given_a_context_that_ended_when_another_resolves_a_secret_then_it_gets_its_value()
      throws Exception {
    // The first context to need one gives Camel the exchange for such texts, for the whole process.
    DefaultCamelContext ended = new DefaultCamelContext();
    ended.start();
    ExchangeHelper.getDummy(ended);
    ended.close();
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      Seen seen = new Seen();
      SecretPlaces places = SecretPlaces.addTo(camel, name -> SECRET + "-" + name);
      SafeSimple.addTo(camel, SettingsOfTests.of(Map.of()), places);
      camel.addComponent("seen", seen);
      camel.start();

      Endpoint endpoint =
          camel.getEndpoint("seen:a?one=RAW({{secret:x}})&two=RAW(before {{secret:y}} after)");

      assertThat(seen.parameters)
          .containsEntry("one", SECRET + "-x")
          .containsEntry("two", "before " + SECRET + "-y after");
      assertThat(endpoint.getEndpointUri()).doesNotContain(SECRET);
    }
  }

  /** Keeps what an endpoint is given. */
  private static final class Seen extends DefaultComponent {
    private Map<String, Object> parameters = Map.of();

    @Override
    protected Endpoint createEndpoint(String uri, String rest, Map<String, Object> given) {
      parameters = Map.copyOf(given);
      given.clear();
      return new ProcessorEndpoint(uri, this, exchange -> {});
    }
  }
}
