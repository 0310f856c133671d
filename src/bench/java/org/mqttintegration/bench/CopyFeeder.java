package org.mqttintegration.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import org.postgresql.PGConnection;

/** Stands in for {@code psql -c "copy … from stdin"} where there is no psql. */
final class CopyFeeder {

  private CopyFeeder() {}

  /** Takes the database's URL and the COPY statement; the rows come in on standard input. */
  public static void main(String[] arguments) throws Exception {
    try (Connection connection = DriverManager.getConnection(arguments[0], Database.USER, "")) {
      connection.unwrap(PGConnection.class).getCopyAPI().copyIn(arguments[1], System.in, 1 << 16);
    }
  }
}
