package org.mqttintegration.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The secrets that routes were given, to keep them out of what is told of failures. */
@Component
public class UsedSecrets {

  /** Shorter ones would hide half of a message. */
  private static final int HIDDEN_LENGTH = 4;

  private final Set<String> values = ConcurrentHashMap.newKeySet();

  /** Hides a value from now on. */
  public void add(String value) {
    if (value.length() >= HIDDEN_LENGTH) {
      values.add(value);
      values.add(URLEncoder.encode(value, StandardCharsets.UTF_8)); // as it stands in URIs
    }
  }

  /** A text without them. */
  public @Nullable String hide(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String hidden = text;
    for (String value : values) {
      hidden = hidden.replace(value, "xxxxxx");
    }
    return hidden;
  }
}
