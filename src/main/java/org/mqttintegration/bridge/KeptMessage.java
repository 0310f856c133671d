package org.mqttintegration.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Messages of exchanges, written so that they can be read again. */
@Component
class KeptMessage {

  private static final TypeReference<Map<String, Object>> HEADERS = new TypeReference<>() {};
  private static final String BYTES = "base64";

  private final ObjectMapper json;

  KeptMessage(ObjectMapper json) {
    this.json = json;
  }

  /** The headers as JSON. What JSON has no type for is kept as its text. */
  String headers(Message message) {
    Map<String, Object> plain = new LinkedHashMap<>();
    message.getHeaders().forEach((name, value) -> plain.put(name, plain(value)));
    try {
      return json.writeValueAsString(plain);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Headers are not to be written as JSON", e);
    }
  }

  Map<String, Object> headers(String stored) {
    try {
      return json.readValue(stored, HEADERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Headers are no JSON", e);
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof byte[] bytes) {
      return Map.of(BYTES, Base64.getEncoder().encodeToString(bytes));
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((name, one) -> plain.put(String.valueOf(name), plain(one)));
      return plain;
    }
    if (value instanceof List<?> list) {
      List<Object> plain = new ArrayList<>();
      list.forEach(one -> plain.add(plain(one)));
      return plain;
    }
    return value.toString();
  }

  /** The body's bytes; null where there is none, or no way to bytes. */
  byte @Nullable [] body(Message message) {
    return message.getBody(byte[].class);
  }

  /** Puts what was kept into a message. */
  void restore(Message message, String headers, byte @Nullable [] body, @Nullable String type) {
    headers(headers).forEach((name, value) -> message.setHeader(name, restored(value)));
    message.setBody(
        body != null && String.class.getName().equals(type)
            ? new String(body, StandardCharsets.UTF_8)
            : body);
  }

  private static @Nullable Object restored(@Nullable Object value) {
    return value instanceof Map<?, ?> map
            && map.size() == 1
            && map.get(BYTES) instanceof String bytes
        ? Base64.getDecoder().decode(bytes)
        : value;
  }
}
