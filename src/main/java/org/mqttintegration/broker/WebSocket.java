package org.mqttintegration.broker;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.mqtt.WebSocketOptions;
import org.mqttintegration.problem.FieldError;

/**
 * How a WebSocket is asked for (RFC 6455, section 4.1).
 *
 * @param path where the server offers it, with a query if there is one; {@code /mqtt} when absent
 * @param headers further headers of the request; none when absent
 */
public record WebSocket(String path, List<UserProperty> headers) {

  private static final int MAX_LENGTH = 4_096;
  private static final int MAX_HEADERS = 50;

  /** Those that the upgrade itself sets. */
  private static final Set<String> OURS =
      Set.of("host", "upgrade", "connection", "content-length", "transfer-encoding");

  public WebSocket {
    path = Objects.requireNonNullElse(path, WebSocketOptions.DEFAULT.path());
    headers = Objects.requireNonNullElse(headers, List.of());
  }

  void addFaults(List<FieldError> errors) {
    if (!path.matches("/[!-~&&[^#]]*") || path.length() > MAX_LENGTH) {
      errors.add(
          new FieldError(
              "webSocket.path", "A path starts with / and has no spaces, such as /mqtt."));
    }
    if (headers.size() > MAX_HEADERS) {
      errors.add(new FieldError("webSocket.headers", "At most %d headers.".formatted(MAX_HEADERS)));
    }
    for (int i = 0; i < headers.size(); i++) {
      String fault = fault(headers.get(i));
      if (fault != null) {
        errors.add(new FieldError("webSocket.headers[%d]".formatted(i), fault));
      }
    }
  }

  private static @org.jspecify.annotations.Nullable String fault(UserProperty header) {
    String name = Objects.requireNonNullElse(header.name(), "");
    String value = Objects.requireNonNullElse(header.value(), "");
    if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,255}")) {
      return "The name of a header has letters, digits and hyphens.";
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (OURS.contains(lower) || lower.startsWith("sec-websocket-")) {
      return "The upgrade sets this header itself.";
    }
    return value.matches("[ -~]*") && value.length() <= MAX_LENGTH
        ? null
        : "The value of a header is printable ASCII of at most 4096 characters.";
  }

  WebSocketOptions options() {
    return new WebSocketOptions(path, headers);
  }

  /** Without the headers, which may hold secrets. */
  @Override
  public String toString() {
    return "WebSocket[path=%s]".formatted(path);
  }
}
