package org.mqttintegration.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.serde.DefaultKafkaHeaderSerializer;
import org.apache.camel.component.kafka.serde.KafkaHeaderSerializer;
import org.apache.camel.spi.ComponentCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the headers of Kafka's records so that whoever reads them can: numbers as text, where
 * Camel would write the bytes of a Java type, and maps and lists as JSON, which Camel leaves out.
 */
@org.springframework.stereotype.Component
class KafkaHeaderText implements KafkaHeaderSerializer, ComponentCustomizer {

  private final KafkaHeaderSerializer others = new DefaultKafkaHeaderSerializer();
  private final ObjectMapper json;

  KafkaHeaderText(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public boolean isEnabled(String name, Component target) {
    return target instanceof KafkaComponent;
  }

  @Override
  public void configure(String name, Component target) {
    ((KafkaComponent) target).getConfiguration().setHeaderSerializer(this);
  }

  @Override
  public byte @Nullable [] serialize(String name, @Nullable Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value.toString().getBytes(UTF_8);
    }
    return value instanceof Map<?, ?> || value instanceof Collection<?>
        ? asJson(value)
        : others.serialize(name, value);
  }

  private byte[] asJson(Object value) {
    try {
      return json.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A header has no form as JSON", e);
    }
  }
}
