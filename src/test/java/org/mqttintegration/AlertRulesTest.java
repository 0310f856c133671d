package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.Programs;

/** Has Prometheus try the alert rules of {@code config/prometheus} on what several nodes tell. */
class AlertRulesTest {

  @Test
  void given_what_nodes_tell_when_the_alert_rules_are_tried_then_those_fire_that_should()
      throws Exception {
    assumeTrue(Programs.isThere("promtool"), "promtool tries alert rules, and is not here");
    Process promtool =
        new ProcessBuilder(
                "promtool", "test", "rules", "src/test/resources/prometheus/alerts-test.yaml")
            .redirectErrorStream(true)
            .start();
    String told = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(promtool.waitFor()).as(told).isZero();
  }
}
