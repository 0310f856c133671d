package org.mqttintegration.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.AttributeConverter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.UserProperty;

/**
 * Stores options that are read and written as a whole, as JSON. In a column of text: PostgreSQL's
 * own JSON refuses NUL, which a will may have in its payload.
 */
abstract class StoredOptions<T> implements AttributeConverter<T, String> {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TypeReference<T> type;

  StoredOptions(TypeReference<T> type) {
    this.type = type;
  }

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable T options) {
    try {
      return options == null ? null : JSON.writeValueAsString(options);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("options that are no JSON", e);
    }
  }

  @Override
  public @Nullable T convertToEntityAttribute(@Nullable String stored) {
    try {
      return stored == null ? null : JSON.readValue(stored, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored options that are not those of this version", e);
    }
  }

  static final class OfUserProperties extends StoredOptions<List<UserProperty>> {
    OfUserProperties() {
      super(new TypeReference<>() {});
    }
  }

  static final class OfWill extends StoredOptions<Will> {
    OfWill() {
      super(new TypeReference<>() {});
    }
  }

  static final class OfWebSocket extends StoredOptions<WebSocket> {
    OfWebSocket() {
      super(new TypeReference<>() {});
    }
  }

  static final class OfTls extends StoredOptions<Tls> {
    OfTls() {
      super(new TypeReference<>() {});
    }
  }
}
