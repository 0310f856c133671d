package org.mqttintegration.secret;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys side by side: the newest encrypts, each opens what it encrypted.
 *
 * @param keys the keys, newest first; at least one
 */
record KeyRing(List<EncryptionKey> keys) {

  private static final String ACTION =
      "Write one key on a line, the newest first, each 32 random bytes in base64, as"
          + " java -jar mqtt-integration.jar new-key prints them.";

  /**
   * Reads keys.
   *
   * @param lines each empty, a key in base64, or a key and a comment that begins with #
   * @param place where they stand, for messages
   * @throws SecretKeyException when a line is no key, or there is none
   */
  static KeyRing read(List<String> lines, String place) {
    List<EncryptionKey> keys = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        keys.add(key(line, "Key %d of %s".formatted(keys.size() + 1, place)));
      }
    }
    if (keys.isEmpty()) {
      throw new SecretKeyException("There is no key in %s.".formatted(place), ACTION);
    }
    return new KeyRing(List.copyOf(keys));
  }

  private static EncryptionKey key(String base64, String place) {
    try {
      return new EncryptionKey(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) { // its message may hold a part of the key
      throw new SecretKeyException(place + " is not 32 bytes in base64.", ACTION);
    }
  }

  EncryptionKey newest() {
    return keys.get(0);
  }

  /** The key with that id, null when it is not here. */
  @Nullable EncryptionKey find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst().orElse(null);
  }

  /** The ids of the keys, newest first. */
  List<String> ids() {
    return keys.stream().map(EncryptionKey::id).toList();
  }
}
