package org.mqttintegration.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/**
 * Who may use the embedded database: whoever can read its password, in a file that only our user
 * can. Loopback alone would let every user of the machine be superuser.
 *
 * <p>A new server trusts everyone until {@link #close} has set the password.
 *
 * @param directory the database directory
 * @param passwordFile the file
 * @param password the password, of the superuser as well as of the owner
 * @param open whether the password is still to be set
 */
record DatabaseAccess(Path directory, Path passwordFile, String password, boolean open) {

  private static final String RULES =
      """
      host all all 127.0.0.1/32 %1$s
      host all all ::1/128      %1$s
      """;

  static DatabaseAccess of(Path directory, Path passwordFile) throws IOException {
    boolean known =
        Files.exists(passwordFile) && Files.exists(directory.resolve("postgresql.conf"));
    String password = known ? Files.readString(passwordFile).strip() : newPassword();
    return new DatabaseAccess(directory, passwordFile, password, !known);
  }

  private static String newPassword() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Writes the rules that the server starts with. */
  void writeRules() {
    writeRules(open ? "trust" : "scram-sha-256");
  }

  private void writeRules(String method) {
    try {
      Files.writeString(directory.resolve("pg_hba.conf"), RULES.formatted(method));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets the password if it is still to be set, and makes what is not there yet. */
  void close(Statement statement, String name) throws SQLException, IOException {
    if (open) {
      statement.execute("alter role postgres password '%s'".formatted(password));
      create(statement, "pg_roles where rolname", name, "create role %s login");
      statement.execute("alter role %s password '%s'".formatted(name, password));
      create(statement, "pg_database where datname", name, "create database %1$s owner %1$s");
      writePassword();
      writeRules("scram-sha-256");
      statement.execute("select pg_reload_conf()");
    }
  }

  private static void create(Statement statement, String where, String name, String sql)
      throws SQLException {
    try (ResultSet found = statement.executeQuery("select from %s = '%s'".formatted(where, name))) {
      if (found.next()) {
        return;
      }
    }
    statement.execute(sql.formatted(name));
  }

  private void writePassword() throws IOException {
    Files.deleteIfExists(passwordFile);
    Files.createFile(passwordFile);
    OwnerOnly.set(passwordFile);
    Files.writeString(passwordFile, password + "\n");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseAccess[directory=%s]".formatted(directory);
  }
}
