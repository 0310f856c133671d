package org.mqttintegration.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The directory of the embedded servers' data, ours alone from {@link #open} to {@link #close}. The
 * operating system gives it back when the process ends, however it ends.
 */
final class DataDirectory implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the directory if it is not there, and locks it.
   *
   * @throws DataDirectoryInUseException when another instance holds it
   */
  static DataDirectory open(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    FileChannel channel = null;
    try {
      create(path);
      channel =
          FileChannel.open(
              path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new DataDirectoryInUseException(path);
      }
      return new DataDirectory(path, channel);
    } catch (IOException e) {
      closeQuietly(channel);
      throw new UncheckedIOException("The data directory " + path + " cannot be used", e);
    }
  }

  /** Ours alone when it is new: messages and the database's password are in it. */
  private static void create(Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.createDirectories(path);
      OwnerOnly.set(path);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another application context of this process holds it
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // what opened it is reported
    }
  }

  /** A file or directory in here. */
  Path resolve(String name) {
    return path.resolve(name);
  }

  Path path() {
    return path;
  }

  /** Lets the next instance in. */
  @Override
  public void close() {
    closeQuietly(channel);
  }
}
