package org.mqttintegration.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class KafkaHeaderTextTest {

  private final KafkaHeaderText headers = new KafkaHeaderText(new ObjectMapper());

  @Test
  void given_values_of_many_types_when_written_then_they_can_be_read_as_text() {
    assertThat(text("Größe")).isEqualTo("Größe");
    assertThat(text(4_711L)).isEqualTo("4711");
    assertThat(text(1)).isEqualTo("1");
    assertThat(text(true)).isEqualTo("true");
    assertThat(text(Map.of("line", List.of("7", "8")))).isEqualTo("{\"line\":[\"7\",\"8\"]}");
  }

  @Test
  void given_bytes_when_written_then_they_stay_as_they_are() {
    byte[] bytes = {0, (byte) 0xff};

    assertThat(headers.serialize("mqttCorrelationData", bytes)).isEqualTo(bytes);
  }

  @Test
  void given_what_has_no_text_when_written_then_there_is_no_header() {
    assertThat(headers.serialize("none", null)).isNull();
    assertThat(headers.serialize("object", new Object())).isNull();
  }

  @Test
  void given_the_component_when_an_endpoint_is_made_then_it_has_it() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      KafkaComponent kafka = camel.getComponent("kafka", KafkaComponent.class);
      assertThat(headers.isEnabled("kafka", kafka)).isTrue();
      headers.configure("kafka", kafka);

      KafkaEndpoint endpoint = camel.getEndpoint("kafka:log?brokers=x:1", KafkaEndpoint.class);

      assertThat(endpoint.getConfiguration().getHeaderSerializer()).isSameAs(headers);
    }
  }

  private String text(Object value) {
    return new String(headers.serialize("any", value), UTF_8);
  }
}
