package org.mqttintegration.routefile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.Finding;
import org.mqttintegration.routefile.check.RouteFileContent;
import org.mqttintegration.routefile.check.RouteText;

/**
 * A file as it is stored, and what became of it.
 *
 * @param file the file as it is stored
 * @param findings what is wrong with it; none when it runs
 * @param content what the check found in it
 * @param loaded what runs of it, which is older than what is stored when that is wrong; null for
 *     nothing
 */
record RouteFileState(
    RouteText file, List<Finding> findings, RouteFileContent content, @Nullable LoadedFile loaded) {

  boolean isRefused() {
    return !findings.isEmpty();
  }

  /** Whether other files may use what is in it. */
  RouteFileContent visible() {
    return loaded != null ? loaded.content() : content;
  }
}
