package org.mqttintegration.installation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a setting's value. Values of types that no secret has are told, and the texts
 * that stand here. A text that nobody decided about is hidden.
 */
enum Disclosure {
  /** The value. */
  VALUE,
  /** Of an address what is no sign-in: neither the user nor parameters. */
  ADDRESS,
  /** Of things with names, these. */
  NAMES,
  /** Whether it is set. */
  HIDDEN;

  private static final Set<String> PLAIN_TYPES =
      Set.of(
          "java.lang.Boolean",
          "java.lang.Double",
          "java.lang.Integer",
          "java.net.InetAddress",
          "java.nio.file.Path",
          "java.time.Duration",
          "java.time.ZoneId",
          "java.util.List<org.mqttintegration.outbound.AddressBlock>",
          "org.mqttintegration.activity.ActivitySettings$Mail$Security",
          "org.mqttintegration.routefile.check.RouteFileSettings$Source",
          "org.springframework.boot.autoconfigure.web.ServerProperties$ForwardHeadersStrategy",
          "org.springframework.boot.logging.LogLevel",
          "org.springframework.util.unit.DataSize");

  private static final Set<String> PLAIN_TEXTS =
      Set.of(
          "mqtt-integration.access.oidc.audience",
          "mqtt-integration.access.oidc.client-id",
          "mqtt-integration.access.oidc.roles-claim",
          "mqtt-integration.access.oidc.scopes",
          "mqtt-integration.access.oidc.user-name-claim",
          "mqtt-integration.activity.mail.from",
          "mqtt-integration.activity.mail.host",
          "mqtt-integration.activity.mail.username",
          "mqtt-integration.data-directory",
          "mqtt-integration.node.name",
          "mqtt-integration.request.response-topic",
          "logging.structured.format.console",
          "management.endpoints.web.exposure.include",
          "spring.datasource.username");

  /** All below these are plain. */
  private static final Set<String> PLAIN_GROUPS =
      Set.of("mqtt-integration.access.oidc.roles.", "mqtt-integration.route-files.strict.");

  private static final Set<String> ADDRESSES =
      Set.of(
          "mqtt-integration.access.oidc.issuer",
          "mqtt-integration.mqtt.url",
          "mqtt-integration.telemetry.endpoint",
          "spring.datasource.url");

  private static final String JDBC = "jdbc:";

  /** What is told of a setting. */
  static Disclosure of(KnownSetting setting) {
    String name = setting.name();
    if (ADDRESSES.contains(name)) {
      return ADDRESS;
    }
    if (setting.type().startsWith("java.util.Map<")) {
      return NAMES;
    }
    return PLAIN_TYPES.contains(setting.type())
            || PLAIN_TEXTS.contains(name)
            || PLAIN_GROUPS.stream().anyMatch(name::startsWith)
        ? VALUE
        : HIDDEN;
  }

  /**
   * An address without who signs in and without parameters; null where it is none that is known.
   */
  static @Nullable String address(String text) {
    String prefix = text.startsWith(JDBC) ? JDBC : "";
    try {
      URI uri = new URI(text.substring(prefix.length()));
      if (uri.getHost() == null) {
        return null;
      }
      return prefix
          + new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
