package org.mqttintegration.secret;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.secret.SecretTable.Row;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Secrets by their names. They are written in the transaction of the caller, with the record that
 * they belong to.
 */
@Service
@DependsOnDatabaseInitialization
public class Secrets {

  private final SecretTable table;
  private final SecretKeys keys;

  /**
   * The secrets of a database. The application does not start without the keys that they need.
   *
   * @param database the database, or one connection of it
   * @param keys where the keys are
   */
  public Secrets(JdbcClient database, SecretKeys keys) {
    this.table = new SecretTable(database);
    this.keys = keys;
    keys.begin(table.keyIds());
  }

  /** Stores a secret in place of what had that name. Inside a transaction. */
  public StoredSecret put(SecretName name, String value) {
    table.lockForPut(); // before the key is chosen: it may be about to go
    EncryptionKey key = keys.ring().newest();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    table.put(new Row(name, key.id(), key.seal(name, value)), now);
    return new StoredSecret(name, now);
  }

  /**
   * A secret.
   *
   * @throws SecretException when it cannot be opened
   */
  public Optional<String> read(SecretName name) {
    return table.find(name).map(this::open);
  }

  /** Whether there is a secret with that name. */
  public boolean has(SecretName name) {
    return table.find(name).isPresent();
  }

  /** Removes a secret; tells whether it was there. */
  public boolean remove(SecretName name) {
    return table.remove(name);
  }

  /** What may be told of the secrets of a kind. */
  public List<StoredSecret> list(String kind) {
    return table.list(kind);
  }

  /** The keys in use, newest first. */
  public List<KeyUse> keys() {
    Map<String, Integer> counts = table.countByKey();
    KeyRing ring = keys.ring();
    return ring.ids().stream()
        .map(id -> new KeyUse(id, id.equals(ring.newest().id()), counts.getOrDefault(id, 0)))
        .toList();
  }

  /**
   * Reads the keys again, and encrypts with the newest one what another one encrypted. Inside a
   * transaction: all of it, or nothing.
   *
   * @throws ProblemException when the keys are not those that the secrets need
   */
  public Reencryption reencrypt() {
    table.lockForAll();
    KeyRing ring = readAgain();
    EncryptionKey newest = ring.newest();
    List<Row> all = table.all();
    List<Row> old = all.stream().filter(row -> !row.keyId().equals(newest.id())).toList();
    for (Row row : old) {
      table.reseal(new Row(row.name(), newest.id(), newest.seal(row.name(), reopen(row))));
    }
    return new Reencryption(
        newest.id(),
        all.size(),
        old.size(),
        ring.ids().stream().filter(id -> !id.equals(newest.id())).toList());
  }

  private KeyRing readAgain() {
    try {
      return keys.readAgain(table.keyIds());
    } catch (SecretKeyException e) {
      throw new ProblemException(ProblemType.CONFLICT, e.getMessage() + " " + e.action());
    }
  }

  private String reopen(Row row) {
    try {
      return open(row);
    } catch (SecretException e) {
      throw new ProblemException(ProblemType.CONFLICT, String.valueOf(e.getMessage()));
    }
  }

  private String open(Row row) {
    EncryptionKey key = keys.ring().find(row.keyId());
    if (key == null) {
      throw new SecretException(
          "The secret %s needs key %s, which is not there.".formatted(row.name(), row.keyId()));
    }
    return key.open(row.name(), row.sealed());
  }
}
