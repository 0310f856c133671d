package org.mqttintegration.routefile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.RouteText;

/**
 * What a file said once.
 *
 * @param name the file
 * @param version the number of the version, from 1
 * @param status what became of it: applied, refused or deleted
 * @param appliedAt when that was
 * @param message why it was refused, null otherwise
 * @param content what it said; null when it was deleted
 */
public record RouteFileVersion(
    String name,
    int version,
    String status,
    Instant appliedAt,
    @Nullable String message,
    @Nullable String content) {

  /** The file as it was, of a version with its content; null when it was deleted. */
  @Nullable RouteText file() {
    return content == null ? null : new RouteText(name, content);
  }

  /** Whether it says that the file is gone. (Not {@code is…}: that would be a field of answers.) */
  boolean deletes() {
    return status.equals("deleted");
  }

  /** Without the content, as lists have it. */
  RouteFileVersion withoutContent() {
    return new RouteFileVersion(name, version, status, appliedAt, message, null);
  }
}
