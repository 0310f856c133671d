package org.mqttintegration.routefile;

import static org.mockito.Mockito.mock;

import org.apache.camel.CamelContext;
import org.mqttintegration.resource.TemplatedRoutes;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.secret.Secrets;
import org.mqttintegration.secret.UsedSecrets;

/** Route files without an application. */
final class RouteFilesOfTests {

  private RouteFilesOfTests() {}

  static RouteFiles in(CamelContext camel, RouteFileSettings settings, VersionLog versions) {
    return new RouteFiles(
        camel,
        settings,
        new RouteSwap(camel, new TemplatedRoutes(camel)),
        versions,
        new RouteSecrets(settings, mock(Secrets.class), new UsedSecrets(), camel));
  }
}
