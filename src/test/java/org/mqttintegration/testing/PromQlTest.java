package org.mqttintegration.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {

  @Test
  void given_an_expression_when_it_is_read_then_its_metrics_are_found_and_nothing_else() {
    String expression =
        "histogram_quantile(0.99, sum by (instance, le) (rate(lag_bucket{a=~\"x{y}\", b!=\"c\"}[5m])))"
            + " > 2 and up == 1 unless on (z) other * on (k) group_left (name) third";

    assertThat(PromQl.metrics(expression))
        .isEqualTo(
            Map.of(
                "lag_bucket", Set.of("a", "b"),
                "up", Set.of(),
                "other", Set.of(),
                "third", Set.of()));
    assertThat(PromQl.grouping(expression)).containsExactly("instance", "k", "le", "name", "z");
  }
}
