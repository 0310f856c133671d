package org.mqttintegration.resource;

import jakarta.persistence.AttributeConverter;
import org.jspecify.annotations.Nullable;

/** Stores an enum under the name it has in JSON. */
public abstract class WireNameConverter<E extends Enum<E>>
    implements AttributeConverter<E, String> {

  private final Class<E> type;

  protected WireNameConverter(Class<E> type) {
    this.type = type;
  }

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable E constant) {
    return constant == null ? null : WireName.of(constant);
  }

  @Override
  public @Nullable E convertToEntityAttribute(@Nullable String stored) {
    return WireName.constant(type, stored);
  }
}
