package org.mqttintegration.routefile;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.mqttintegration.outbound.CheckedSocketFactory;
import org.mqttintegration.outbound.OutboundAddresses;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.RouteFileSettings.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The databases of route files, each a bean of the Camel context under its name. They are beside
 * the application's own, so that no route takes connections from the recording. None is opened
 * before a route needs it.
 */
@Component
class RouteDataSources implements AutoCloseable {

  /** A statement waits no longer for a connection; the message is then tried again. */
  private static final long CONNECTION_MILLIS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(RouteDataSources.class);
  private static final String POSTGRESQL = "jdbc:postgresql:";

  private final List<HikariDataSource> pools = new ArrayList<>();

  /**
   * Makes them.
   *
   * @throws IllegalStateException when a name is taken by another bean, which routes would get
   */
  RouteDataSources(RouteFileSettings settings, CamelContext camel, OutboundAddresses addresses) {
    settings
        .dataSources()
        .forEach(
            (name, database) -> {
              if (camel.getRegistry().lookupByName(name) != null) {
                throw new IllegalStateException(
                    "The name of mqtt-integration.route-files.data-sources.%s is taken; choose another."
                        .formatted(name));
              }
              HikariDataSource pool =
                  new HikariDataSource(configuration(name, database, addresses));
              pools.add(pool);
              camel.getRegistry().bind(name, pool);
            });
  }

  private static HikariConfig configuration(
      String name, Database database, OutboundAddresses addresses) {
    HikariConfig configuration = new HikariConfig();
    configuration.setPoolName("route-files-" + name);
    configuration.setJdbcUrl(database.url());
    configuration.setUsername(database.username());
    configuration.setPassword(database.password());
    configuration.setMaximumPoolSize(database.connections());
    configuration.setMinimumIdle(0);
    configuration.setConnectionTimeout(CONNECTION_MILLIS);
    configuration.setInitializationFailTimeout(-1); // it may be away while we start
    if (database.url().startsWith(POSTGRESQL)) {
      CheckedSocketFactory.postgres(addresses).forEach(configuration::addDataSourceProperty);
    } else {
      LOG.warn("data source connects to any address, its driver is not PostgreSQL's name={}", name);
    }
    return configuration;
  }

  @Override
  public void close() {
    pools.forEach(HikariDataSource::close);
  }
}
