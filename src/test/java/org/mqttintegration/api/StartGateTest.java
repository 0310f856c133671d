package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What callers read while Tomcat listens and Camel does not serve. */
class StartGateTest {

  private final CamelContext camel = mock(CamelContext.class);
  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final StartGate gate =
      new StartGate(provider(camel), new ProblemJson(new ObjectMapper()));

  @Test
  void given_a_server_that_starts_when_it_is_asked_then_it_says_to_come_again() throws Exception {
    assertThat(isServed("/api/v1/brokers")).isFalse();
    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getContentType()).isEqualTo("application/problem+json");
    assertThat(response.getContentAsString()).contains("/problems/not-serving");
  }

  @Test
  void given_a_server_that_starts_when_it_is_asked_for_its_health_then_it_tells() throws Exception {
    assertThat(isServed("/actuator/health")).isTrue();
  }

  @Test
  void given_a_server_that_serves_when_it_is_asked_then_it_answers() throws Exception {
    when(camel.isStarted()).thenReturn(true);
    assertThat(isServed("/api/v1/brokers")).isTrue();
    assertThat(response.getStatus()).isEqualTo(200);
  }

  private boolean isServed(String path) throws Exception {
    MockFilterChain chain = new MockFilterChain();
    gate.doFilter(new MockHttpServletRequest("GET", path), response, chain);
    return chain.getRequest() != null;
  }

  private static <T> ObjectProvider<T> provider(T object) {
    return new ObjectProvider<>() {
      @Override
      public T getObject() {
        return object;
      }
    };
  }
}
