package org.mqttintegration.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.stereotype.Component;

/**
 * The PEM files below {@code mqtt-integration.mqtt.certificates}. A name that leads out of that
 * directory is none.
 */
@Component
public class CertificateFiles {

  private static final String PRIVATE_KEY = "private key in PKCS#8";
  private static final int MAX_NAME_LENGTH = 255;
  private static final long MAX_BYTES = 1024L * 1024;

  private final Path directory;

  CertificateFiles(MqttSettings settings) {
    this.directory = settings.certificates();
  }

  /**
   * Says what is wrong with a name. The file itself may still be missing: it is looked for when a
   * connection is made.
   *
   * @return a sentence, or null when it is the name of a file below the directory
   */
  public @Nullable String fault(String name) {
    if (name.isBlank() || name.length() > MAX_NAME_LENGTH || name.indexOf('\0') >= 0) {
      return "The name of a file has 1 to 255 characters.";
    }
    try {
      path(name);
      return null;
    } catch (IOException | InvalidPathException e) {
      return "A file below the directory of certificates, such as plant/ca.pem.";
    }
  }

  /**
   * The certificates in a file, at least one.
   *
   * @throws IOException when they cannot be had, with the reason for a person to read
   */
  public List<X509Certificate> certificates(String name) throws IOException {
    return read(name, "certificate", PemContent::getCertificates);
  }

  PrivateKey privateKey(String name) throws IOException {
    return read(name, PRIVATE_KEY, PemContent::getPrivateKey);
  }

  /** Whether a text is a private key that connections can be made with. */
  public static boolean isPrivateKey(String pem) {
    try {
      privateKeyIn(pem);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static PrivateKey privateKeyIn(String pem) throws IOException {
    return in("the stored key", pem, PRIVATE_KEY, PemContent::getPrivateKey);
  }

  /** Reads one kind of thing from a file. */
  private interface Reader<T> {
    @Nullable T read(PemContent content);
  }

  private <T> T read(String name, String what, Reader<T> reader) throws IOException {
    return in("the file " + name, text(name), what, reader);
  }

  private static <T> T in(String place, String text, String what, Reader<T> reader)
      throws IOException {
    try {
      T found = reader.read(PemContent.of(text));
      if (found != null) {
        return found;
      }
    } catch (RuntimeException e) {
      // not with its cause: what a parser says of a key may quote it
      throw new IOException("%s holds no %s that can be read".formatted(place, what));
    }
    throw new IOException("%s holds no %s".formatted(place, what));
  }

  private String text(String name) throws IOException {
    Path file = path(name);
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + name + " in the directory of certificates");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("the file " + name + " is larger than 1 MB");
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IOException("the file " + name + " cannot be read", e);
    }
  }

  /** Follows links, so that none leads out. */
  private Path path(String name) throws IOException {
    Path root = real(directory.toAbsolutePath().normalize());
    Path file = root.resolve(name).normalize();
    if (Path.of(name).isAbsolute()
        || file.equals(root)
        || List.of(name.split("[/\\\\]")).contains("..")
        || !real(file).startsWith(root)) {
      throw new IOException("the file " + name + " is not below the directory of certificates");
    }
    return file;
  }

  /** Of what is not there yet, the nearest folder that is counts. */
  private static Path real(Path path) throws IOException {
    Path parent = path.getParent();
    if (Files.exists(path) || parent == null) {
      return path.toRealPath();
    }
    if (Files.isSymbolicLink(path)) {
      throw new IOException("a link that leads nowhere");
    }
    return real(parent).resolve(path.getFileName());
  }
}
