package org.mqttintegration.access;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What other features ask of accounts, by their login names. */
@Component
public class Accounts {

  private final JdbcClient database;

  Accounts(JdbcClient database) {
    this.database = database;
  }

  /** Whether there is an account of that name, enabled or not. */
  public boolean exists(String name) {
    return database
        .sql("select exists (select from account where name = :name)")
        .param("name", name)
        .query(Boolean.class)
        .single();
  }

  /** The mail address of that account, if it has one. */
  public Optional<String> mail(String name) {
    return database
        .sql("select mail from account where name = :name and mail is not null")
        .param("name", name)
        .query(String.class)
        .optional();
  }
}
