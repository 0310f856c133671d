package org.mqttintegration.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The file with the administrator's first password, which only our user may read. */
@Component
class InitialPasswordFile {

  private static final Logger LOG = LoggerFactory.getLogger(InitialPasswordFile.class);

  private final Path path;

  InitialPasswordFile(@Value("${mqtt-integration.data-directory:./data}") String data) {
    this.path = Path.of(data, "initial-admin-password").toAbsolutePath().normalize();
  }

  Path path() {
    return path;
  }

  /** Writes it, in place of one that is there; it is on the disk when this returns. */
  void write(String password) {
    try {
      Path directory = Objects.requireNonNull(path.getParent());
      Files.createDirectories(directory, permissions("rwx------"));
      Path temporary = directory.resolve("." + path.getFileName() + "." + UUID.randomUUID());
      try {
        Files.createFile(temporary, permissions("rw-------"));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
          channel.write(ByteBuffer.wrap((password + "\n").getBytes(StandardCharsets.UTF_8)));
          channel.force(true);
        }
        Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The file %s cannot be written".formatted(path), e);
    }
  }

  /** Removes it when its password does not count any more, since that user has another one. */
  void deleteFor(String user) {
    try {
      if (user.equals(FirstAdministrator.NAME) && Files.deleteIfExists(path)) {
        LOG.info("initial password changed removed={}", path);
      }
    } catch (IOException e) {
      LOG.warn("initial password changed, file left file={} do=\"remove it\"", path);
    }
  }

  private static FileAttribute<?>[] permissions(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
