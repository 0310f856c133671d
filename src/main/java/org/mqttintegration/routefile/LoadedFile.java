package org.mqttintegration.routefile;

import java.time.Instant;
import java.util.List;
import org.mqttintegration.routefile.check.RouteFileContent;
import org.mqttintegration.routefile.check.RouteText;

/**
 * What runs of a file.
 *
 * @param file the file as it runs, which may be older than the one that is stored
 * @param content what the check found in it
 * @param routeIds the ids of all its routes, those made from templates and kamelets too
 * @param templateIds the ids of its route templates
 * @param endpoints the URIs of the endpoints that were made for it
 * @param since when it was started
 * @param version the number of its version, 0 when that could not be stored
 */
record LoadedFile(
    RouteText file,
    RouteFileContent content,
    List<String> routeIds,
    List<String> templateIds,
    List<String> endpoints,
    Instant since,
    int version) {

  LoadedFile withVersion(int number) {
    return new LoadedFile(file, content, routeIds, templateIds, endpoints, since, number);
  }
}
