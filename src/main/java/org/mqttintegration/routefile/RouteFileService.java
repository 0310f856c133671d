package org.mqttintegration.routefile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.routefile.check.Finding;
import org.mqttintegration.routefile.check.RouteFileContent;
import org.mqttintegration.routefile.check.RouteText;
import org.springframework.stereotype.Service;

/** The operations on route files. */
@Service
class RouteFileService {

  private final RouteFiles files;
  private final RouteFolder folder;
  private final RouteFileCopies copies;
  private final RouteFileVersions versions;
  private final RouteViews views;

  RouteFileService(
      RouteFiles files,
      RouteFolder folder,
      RouteFileCopies copies,
      RouteFileVersions versions,
      RouteViews views) {
    this.copies = copies;
    this.files = files;
    this.folder = folder;
    this.versions = versions;
    this.views = views;
  }

  /**
   * What a request expects of the file.
   *
   * @param match the entity tag that it has, null for any
   * @param noneMatch {@code *} when it is not to be there, null for either
   */
  record Expected(@Nullable String match, @Nullable String noneMatch) {}

  List<RouteFileView> list() {
    return files.all().stream().map(views::view).toList();
  }

  /** The file as it is stored. */
  RouteText read(String name) {
    return state(name).file();
  }

  /** A short mark of the content, which changes with it. */
  static String entityTag(RouteText file) {
    CRC32C sum = new CRC32C();
    byte[] bytes = file.text().getBytes(StandardCharsets.UTF_8);
    sum.update(bytes);
    return "\"%d-%08x\"".formatted(bytes.length, sum.getValue());
  }

  /** Applies a file and stores it; a wrong one changes nothing. */
  RouteFileView put(RouteText file, Expected expected) {
    return files.alone(
        () -> {
          copies.catchUp(file.name());
          check(files.find(file.name()), expected);
          checkFolder();
          return put(file);
        });
  }

  private RouteFileView put(RouteText file) {
    try {
      return views.view(files.put(file, () -> folder.write(file)));
    } catch (RouteFileException e) {
      throw refused(e.findings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkFolder() {
    if (folder.isReadOnly()) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "The folder of the route files takes no changes; change the files where they come from.");
    }
  }

  private static void check(@Nullable RouteFileState known, Expected expected) {
    boolean mismatch =
        expected.match() != null
            && (known == null || !expected.match().equals(entityTag(known.file())));
    if (mismatch || "*".equals(expected.noneMatch()) && known != null) {
      throw new ProblemException(
          ProblemType.PRECONDITION_FAILED, "The file is not as you saw it; read it again.");
    }
  }

  /** The answer to a file that cannot run. */
  static ProblemException refused(List<Finding> findings) {
    return new ProblemException(
        ProblemType.ROUTE_FILE_REFUSED,
        "See errors for the lines; what ran before still runs.",
        findings.stream().map(RouteFileService::error).toList());
  }

  private static FieldError error(Finding finding) {
    return new FieldError(
        "line %d, column %d".formatted(finding.line(), finding.column()), finding.message());
  }

  /** Deletes a file and stops its routes. */
  void delete(String name, Expected expected) {
    files.change(
        () -> {
          copies.catchUp(name);
          check(state(name), expected);
          checkFolder();
          delete(name);
        });
  }

  private void delete(String name) {
    try {
      folder.delete(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.gone(name);
  }

  /** What a file says and what is wrong with it; it stays where it is. */
  RouteFileContent validate(RouteText file) {
    return files.validate(file);
  }

  /** The versions of a file, newest first, without their contents. */
  List<RouteFileVersion> versions(String name) {
    List<RouteFileVersion> all = versions.list(name);
    if (all.isEmpty()) {
      throw unknown(name);
    }
    return all.stream().map(RouteFileVersion::withoutContent).toList();
  }

  RouteFileVersion version(String name, long number) {
    return versions
        .find(name, number)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.NOT_FOUND,
                    "There is no version %d of %s; the newest %d are kept."
                        .formatted(number, name, RouteFileVersions.KEPT)));
  }

  /** Applies and stores what an older version said. */
  RouteFileView rollBack(String name, long number) {
    String content = version(name, number).content();
    if (content == null) {
      throw new ProblemException(
          ProblemType.CONFLICT, "Version %d of %s is its deletion.".formatted(number, name));
    }
    return put(new RouteText(name, content), new Expected(null, null));
  }

  private RouteFileState state(String name) {
    RouteFileState state = files.find(name);
    if (state == null) {
      throw unknown(name);
    }
    return state;
  }

  private static ProblemException unknown(String name) {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no route file %s.".formatted(name));
  }
}
