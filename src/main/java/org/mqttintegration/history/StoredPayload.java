package org.mqttintegration.history;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * A payload with the Content Type (MQTT 5, section 3.3.2.3.9) that its sender claims.
 *
 * @param bytes the payload
 * @param contentType the claim, which may be anything
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredPayload(byte[] bytes, @Nullable String contentType) {

  /** Media types that no browser runs; {@code *} and {@code +json} stand for many. */
  private static final Set<String> HARMLESS =
      Set.of(
          "application/json",
          "application/cbor",
          "application/msgpack",
          "application/protobuf",
          "application/x-protobuf",
          "text/plain",
          "text/csv",
          "image/png",
          "image/jpeg",
          "image/gif",
          "image/webp");

  /** The claim where it is a harmless media type, else that of mere bytes. */
  String mediaType() {
    if (contentType == null) {
      return MediaType.APPLICATION_OCTET_STREAM_VALUE;
    }
    try {
      MediaType claimed = MediaType.parseMediaType(contentType);
      String type = claimed.getType() + "/" + claimed.getSubtype();
      boolean harmless = HARMLESS.contains(type) || type.matches("application/[\\w.-]+\\+json");
      return harmless ? withCharset(claimed, type) : MediaType.APPLICATION_OCTET_STREAM_VALUE;
    } catch (InvalidMediaTypeException e) {
      return MediaType.APPLICATION_OCTET_STREAM_VALUE;
    }
  }

  private static String withCharset(MediaType claimed, String type) {
    return claimed.getCharset() == null ? type : type + ";charset=" + claimed.getCharset().name();
  }

  /** The headers of an answer that gives the bytes to a browser as a file and as nothing else. */
  Map<String, Object> headers(long id) {
    return Map.of(
        "Content-Type", mediaType(),
        "X-Content-Type-Options", "nosniff",
        "Content-Disposition", "attachment; filename=\"history-%d\"".formatted(id));
  }
}
