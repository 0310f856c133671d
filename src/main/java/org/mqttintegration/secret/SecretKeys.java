package org.mqttintegration.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The keys of secrets, from the settings or from the key file. */
@Component
public class SecretKeys {

  private static final Logger LOG = LoggerFactory.getLogger(SecretKeys.class);
  private static final String SETTING = "mqtt-integration.secrets.key";

  private final @Nullable String given;
  private final KeyFile file;
  private volatile @Nullable KeyRing ring;

  SecretKeys(
      SecretSettings settings, @Value("${mqtt-integration.data-directory:./data}") String data) {
    this.given = settings.key() == null || settings.key().isBlank() ? null : settings.key();
    Path path = settings.keyFile();
    this.file =
        new KeyFile(
            (path == null || path.toString().isBlank() ? Path.of(data, "secrets.key") : path)
                .toAbsolutePath()
                .normalize());
  }

  /**
   * The keys to begin with. Without secrets, the first start makes the key file.
   *
   * @param used the ids of the keys that the stored secrets need
   * @throws SecretKeyException when one of these is not there
   */
  KeyRing begin(List<String> used) {
    if (given == null && !file.exists()) {
      if (!used.isEmpty()) {
        throw new SecretKeyException(
            "There are secrets in the database, encrypted with %s, and there is no key file %s."
                .formatted(named(used), file.path()),
            action());
      }
      create();
    }
    return readAgain(used);
  }

  /** The keys in use. */
  KeyRing ring() {
    return Objects.requireNonNull(ring, "no secrets before the keys are checked");
  }

  /**
   * Reads the keys again, to go on with them.
   *
   * @throws SecretKeyException when they are not those that the stored secrets need; nothing
   *     changes
   */
  KeyRing readAgain(List<String> used) {
    KeyRing read = read();
    check(read, used);
    ring = read;
    return read;
  }

  private KeyRing read() {
    if (given != null) {
      return KeyRing.read(List.of(given.split(",")), place());
    }
    try {
      KeyRing read = KeyRing.read(file.lines(), place());
      if (file.isOpenToOthers()) {
        LOG.warn("key file open to other users file={} do=\"chmod 600\"", file.path());
      }
      return read;
    } catch (IOException e) {
      throw new SecretKeyException(
          "The key file %s cannot be read.".formatted(file.path()), action());
    }
  }

  private void create() {
    try {
      String key = EncryptionKey.generate();
      file.create(NewKeyCommand.line(key));
      LOG.info("key file made file={} do=\"keep a copy apart from the database's\"", file.path());
    } catch (IOException e) {
      throw new SecretKeyException(
          "The key file %s cannot be made.".formatted(file.path()),
          "Name a file in a directory that can be written with mqtt-integration.secrets.key-file,"
              + " or give the key with %s.".formatted(SETTING));
    }
  }

  private void check(KeyRing read, List<String> used) {
    List<String> missing = used.stream().filter(id -> read.find(id) == null).toList();
    if (!missing.isEmpty()) {
      throw new SecretKeyException(
          "There are secrets in the database that %s encrypted; %s has %s."
              .formatted(named(missing), place(), named(read.ids())),
          action());
    }
  }

  private String place() {
    return given != null ? SETTING : "the key file " + file.path();
  }

  private static String named(List<String> ids) {
    return (ids.size() == 1 ? "key " : "keys ") + String.join(", ", ids);
  }

  private static String action() {
    return "Bring back the key file that was used with this database, or give its key with "
        + SETTING
        + ". When the key is lost, so are the secrets: empty the table secret, start, and give"
        + " brokers and routes their secrets anew.";
  }
}
