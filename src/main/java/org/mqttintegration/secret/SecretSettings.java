package org.mqttintegration.secret;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the keys of secrets are.
 *
 * @param keyFile the file with the keys, one on a line, the newest first; {@code secrets.key} in
 *     the data directory when it is not set. Made by the first start
 * @param key the keys themselves, separated by commas, in place of the file
 */
@ConfigurationProperties("mqtt-integration.secrets")
record SecretSettings(@Nullable Path keyFile, @Nullable String key) {

  /** Without the keys. */
  @Override
  public String toString() {
    return "SecretSettings[keyFile=%s]".formatted(keyFile);
  }
}
