package org.mqttintegration.routefile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.RouteText;
import org.springframework.stereotype.Component;

/** The folder of the route files. */
@Component
class RouteFolder {

  /** What a name may be, so that it stays in the folder and means the same everywhere. */
  static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.(camel|kamelet)\\.yaml");

  private final Path directory;
  private final RouteFileSettings.Source source;

  RouteFolder(RouteFileSettings settings) {
    this.directory = settings.directory();
    this.source = settings.source();
  }

  boolean exists() {
    return Files.isDirectory(directory);
  }

  void create() throws IOException {
    Files.createDirectories(directory);
  }

  /** Whether nothing can be stored in it, as where it is mounted for reading alone. */
  boolean isReadOnly() {
    return exists() && !Files.isWritable(directory);
  }

  /**
   * What tells a file from the same one after a save.
   *
   * @param size how many bytes it has
   * @param modified when it was written
   */
  record Stamp(long size, FileTime modified) {}

  /**
   * The files by name, each with its stamp; none when there is no such folder.
   *
   * @throws IOException when it cannot be read now, which says nothing of the files; so it is where
   *     a copy is gone as a whole
   */
  Map<String, Stamp> list() throws IOException {
    Map<String, Stamp> stamps = new TreeMap<>();
    if (!exists()) {
      if (source == RouteFileSettings.Source.DATABASE) {
        throw new NoSuchFileException(directory.toString());
      }
      return stamps;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        Stamp stamp = NAME.matcher(name).matches() ? stamp(entry) : null;
        if (stamp != null) {
          stamps.put(name, stamp);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return stamps;
  }

  private static @Nullable Stamp stamp(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? new Stamp(attributes.size(), attributes.lastModifiedTime())
          : null;
    } catch (NoSuchFileException e) {
      return null; // gone since it was listed
    }
  }

  /** Whether a file is as it was seen; the stamp is null when it was gone. */
  boolean isStill(String name, @Nullable Stamp seen) {
    try {
      return Objects.equals(seen, stamp(directory.resolve(name)));
    } catch (IOException e) {
      return false; // the next look tells
    }
  }

  /** The content of a file, null when it is gone. What is not UTF-8 is replaced, and so refused. */
  @Nullable RouteText read(String name) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(directory.resolve(name));
      return new RouteText(name, new String(bytes, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Whether a file was written after that time. */
  boolean isModifiedAfter(String name, Instant time) throws IOException {
    Stamp stamp = stamp(directory.resolve(name));
    return stamp != null && stamp.modified().toInstant().isAfter(time);
  }

  /** Has a file be as it is given, or gone where nothing is. */
  void store(String name, @Nullable RouteText file) throws IOException {
    if (file == null) {
      delete(name);
    } else {
      write(file);
    }
  }

  /** Writes a file, so that nobody ever sees a part of it. */
  void write(RouteText file) throws IOException {
    create();
    Path temporary = Files.createTempFile(directory, "." + file.stem(), ".tmp");
    try {
      Files.writeString(temporary, file.text());
      move(temporary, directory.resolve(file.name()));
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  void delete(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
  }

  @Override
  public String toString() {
    return directory.toAbsolutePath().normalize().toString();
  }
}
