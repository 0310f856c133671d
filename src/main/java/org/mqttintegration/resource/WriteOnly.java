package org.mqttintegration.resource;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A secret in a request. It cannot be read back, so a request that does not name it keeps what is
 * stored; only null removes it.
 *
 * @param value the secret, null to remove it
 */
@JsonDeserialize(using = WriteOnly.Deserializer.class)
public record WriteOnly(@Nullable String value) {

  /** Without the secret. */
  @JsonValue
  @Override
  public String toString() {
    return "(write only)";
  }

  static final class Deserializer extends StdDeserializer<WriteOnly> {

    private static final long serialVersionUID = 1L;

    Deserializer() {
      super(WriteOnly.class);
    }

    @Override
    public WriteOnly deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return new WriteOnly(context.readValue(parser, String.class));
    }

    @Override
    public WriteOnly getNullValue(DeserializationContext context) {
      return new WriteOnly(null);
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
      return null;
    }
  }
}
