package org.mqttintegration.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One contestant's database in the PostgreSQL that all share. */
record Database(String name, int port) {

  static final String USER = "postgres";

  String url() {
    return "jdbc:postgresql://localhost:%d/%s".formatted(port, name);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), USER, "");
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one value that a query finds. */
  String value(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  long count(String sql) throws SQLException {
    return Long.parseLong(value(sql));
  }
}
