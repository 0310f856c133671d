package org.mqttintegration.api;

import static org.mockito.Mockito.doReturn;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** What callers read while Tomcat listens and Camel does not serve. */
class StartGateTest extends RestTest {

  @MockitoSpyBean CamelContext camel;

  @Test
  void given_a_server_that_starts_when_it_is_asked_then_it_says_to_come_again() throws Exception {
    doReturn(false).when(camel).isStarted();

    problem(get("/api/v1/brokers"), 503, "not-serving");
    problem(json("POST", "/api/v1/sends", "{}"), 503, "not-serving");
  }
}
