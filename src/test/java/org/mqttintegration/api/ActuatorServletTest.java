package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.testing.RestApi;

/** An endpoint of the actuator that is a servlet of its own, as Jolokia is. */
class ActuatorServletTest extends RestTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/jolokia",
        "/actuator/jolokia/",
        "/actuator/jolokia/exec/x",
      })
  void given_an_endpoint_that_is_a_servlet_when_asked_then_it_is_the_administrators_alone(
      String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(200);
    assertThat(send(asOperator(path)).statusCode()).isEqualTo(403);
    assertThat(send(request(path).setHeader("Authorization", "")).statusCode()).isEqualTo(401);
    assertThat(send(request(path).header("Sec-Fetch-Site", "cross-site")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void given_an_endpoint_that_only_reads_when_a_page_of_another_site_asks_then_it_may()
      throws Exception {
    assertThat(
            send(request("/actuator/health").header("Sec-Fetch-Site", "cross-site")).statusCode())
        .isNotEqualTo(403);
  }

  private HttpRequest.Builder asOperator(String path) {
    return request(path)
        .setHeader("Authorization", RestApi.basic(RestSlice.OPERATOR, "of the slice"));
  }
}
