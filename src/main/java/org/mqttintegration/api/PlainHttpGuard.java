package org.mqttintegration.api;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Refuses to start where passwords and tokens would cross a network in clear: before anything
 * listens.
 */
@Component
class PlainHttpGuard implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private final ApiProperties settings;
  private final ServerProperties server;
  private final ManagementServerProperties management;

  PlainHttpGuard(
      ApiProperties settings, ServerProperties server, ManagementServerProperties management) {
    this.settings = settings;
    this.server = server;
    this.management = management;
  }

  /**
   * Looks at both listeners; the second is there when the actuator has a port of its own.
   *
   * @throws PlainHttpException when one of them must not be
   */
  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    check("server", server.getAddress(), server.getSsl());
    Integer port = management.getPort();
    if (port != null && port >= 0 && !port.equals(server.getPort())) {
      check("management.server", management.getAddress(), management.getSsl());
    }
  }

  private void check(String prefix, @Nullable InetAddress address, @Nullable Ssl ssl) {
    boolean loopback = address != null && address.isLoopbackAddress();
    if (!loopback && !Ssl.isEnabled(ssl) && !settings.plainHttpBeyondLoopback()) {
      throw new PlainHttpException(prefix, address);
    }
  }
}
