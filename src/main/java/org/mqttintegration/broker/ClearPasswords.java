package org.mqttintegration.broker;

import java.sql.Connection;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.secret.SecretKeys;
import org.mqttintegration.secret.Secrets;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Encrypts the passwords that earlier versions stored in clear, and removes their column: in one
 * transaction, from the table's file too.
 */
@Component
class ClearPasswords implements JavaMigration {

  private final SecretKeys keys;

  ClearPasswords(SecretKeys keys) {
    this.keys = keys;
  }

  /** Behind {@code V16__secrets.sql}, which makes the table that they go to. */
  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("16.1");
  }

  @Override
  public String getDescription() {
    return "encrypted passwords of brokers";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) {
    Connection connection = context.getConnection(); // Flyway closes it
    JdbcClient database = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    Secrets secrets = new Secrets(database, keys);
    database
        .sql("select id, password from broker where password is not null")
        .query(
            row -> {
              secrets.put(
                  BrokerCredentials.name(row.getLong("id"), BrokerCredentials.PASSWORD),
                  row.getString("password"));
            });
    database.sql("alter table broker drop column password").update();
    // a column that is dropped stays in the rows until these are written anew
    database.sql("cluster broker using broker_pkey").update();
    database.sql("alter table broker set without cluster").update();
  }
}
