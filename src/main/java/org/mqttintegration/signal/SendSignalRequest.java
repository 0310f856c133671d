package org.mqttintegration.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * With what a signal is sent.
 *
 * @param values fill the places of its topic and payload; none when absent
 */
public record SendSignalRequest(@Nullable Map<String, JsonNode> values) {

  /** The values of a request, none where there is no request. */
  public static Map<String, JsonNode> values(@Nullable SendSignalRequest request) {
    return request == null || request.values() == null ? Map.of() : request.values();
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "SendSignalRequest";
  }
}
