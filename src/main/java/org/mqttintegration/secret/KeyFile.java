package org.mqttintegration.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The file with the keys, which only our user may read.
 *
 * @param path where it is
 */
record KeyFile(Path path) {

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  boolean exists() {
    return Files.exists(path);
  }

  List<String> lines() throws IOException {
    return Files.readAllLines(path);
  }

  /** Whether others of the machine may read or change it. */
  boolean isOpenToOthers() throws IOException {
    return posix() && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
  }

  /**
   * Makes it, whole or not at all; one that is there stays. It is on the disk before anything is
   * encrypted.
   */
  void create(String line) throws IOException {
    Path directory = Objects.requireNonNull(path.toAbsolutePath().getParent());
    Files.createDirectories(directory, permissions("rwx------"));
    Path temporary = directory.resolve("." + path.getFileName() + "." + UUID.randomUUID());
    try {
      Files.createFile(temporary, permissions("rw-------"));
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      place(temporary);
      sync(directory);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void place(Path temporary) throws IOException {
    try {
      Files.createLink(path, temporary); // unlike a move it does not replace
    } catch (FileAlreadyExistsException e) {
      // another instance was faster, its key counts
    } catch (UnsupportedOperationException e) {
      Files.move(temporary, path);
    }
  }

  private static void sync(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // not every system opens directories
    }
  }

  private static FileAttribute<?>[] permissions(String permissions) {
    return posix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean posix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
