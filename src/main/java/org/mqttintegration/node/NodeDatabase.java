package org.mqttintegration.node;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Connections for what keeps a node alive: of their own, so that it does not wait behind queries.
 */
@Component
class NodeDatabase implements DisposableBean {

  private static final int CONNECTIONS = 3;
  private static final String SOCKET_TIMEOUT = "socketTimeout";

  private final HikariDataSource main;
  private final HikariDataSource pool;

  NodeDatabase(HikariDataSource main, NodeSettings settings) {
    this.main = main;
    long patience = Math.max(1_000, settings.leaseTime().toMillis() / 2);
    HikariConfig configuration = new HikariConfig();
    configuration.setPoolName("nodes");
    configuration.setJdbcUrl(main.getJdbcUrl());
    configuration.setUsername(main.getUsername());
    configuration.setPassword(main.getPassword());
    configuration.setDataSourceProperties(properties());
    configuration.addDataSourceProperty(SOCKET_TIMEOUT, Math.max(1, patience / 1_000));
    configuration.setMaximumPoolSize(CONNECTIONS);
    configuration.setMinimumIdle(1);
    configuration.setConnectionTimeout(patience);
    configuration.setValidationTimeout(Math.min(patience, 1_000));
    configuration.setInitializationFailTimeout(-1); // it may be away for now
    this.pool = new HikariDataSource(configuration);
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(main.getDataSourceProperties());
    return properties;
  }

  DataSource pool() {
    return pool;
  }

  /** A connection beside the pool, to wait on for as long as it likes. */
  Connection open() throws SQLException {
    Properties properties = properties();
    properties.remove(SOCKET_TIMEOUT);
    properties.replaceAll((key, value) -> String.valueOf(value));
    set(properties, "user", main.getUsername());
    set(properties, "password", main.getPassword());
    return DriverManager.getConnection(main.getJdbcUrl(), properties);
  }

  private static void set(Properties properties, String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }

  @Override
  public void destroy() {
    pool.close();
  }
}
