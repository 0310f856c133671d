package org.mqttintegration;

import java.net.InetAddress;
import org.mqttintegration.embedded.LocalBroker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says in the last lines of the start where everything is. */
@Component
class StartupReport {

  private static final Logger LOG = LoggerFactory.getLogger(StartupReport.class);

  private final ServerProperties server;
  private final Environment environment;
  private final ObjectProvider<LocalBroker> broker;
  private final ObjectProvider<JdbcConnectionDetails> database;

  StartupReport(
      ServerProperties server,
      Environment environment,
      ObjectProvider<LocalBroker> broker,
      ObjectProvider<JdbcConnectionDetails> database) {
    this.server = server;
    this.environment = environment;
    this.broker = broker;
    this.database = database;
  }

  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.LOWEST_PRECEDENCE)
  void ready() {
    String mqtt =
        broker.stream()
            .map(LocalBroker::uri)
            .findFirst()
            .orElseGet(() -> environment.getProperty("mqtt-integration.mqtt.url", "none"));
    String url = database.stream().map(JdbcConnectionDetails::getJdbcUrl).findFirst().orElse("?");
    String web = web();
    LOG.info("ready mqtt={} database={}", mqtt, withoutParameters(url));
    LOG.info("ready console={}/ api={}/api/v1 docs={}/swagger-ui/", web, web, web);
  }

  private String web() {
    InetAddress address = server.getAddress();
    String host =
        address == null || address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    boolean tls = server.getSsl() != null && server.getSsl().isEnabled();
    String port = environment.getProperty("local.server.port", String.valueOf(server.getPort()));
    return "%s://%s:%s"
        .formatted(tls ? "https" : "http", host.contains(":") ? "[" + host + "]" : host, port);
  }

  /** Parameters may hold a password. */
  private static String withoutParameters(String url) {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }
}
