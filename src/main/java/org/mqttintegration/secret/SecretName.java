package org.mqttintegration.secret;

/**
 * What a secret is of.
 *
 * @param kind the kind of what it belongs to, such as {@code broker}
 * @param owner the id of the record that it belongs to; empty when its name stands alone
 * @param name its name there, such as {@code password}
 */
public record SecretName(String kind, String owner, String name) {

  /** A secret that belongs to no record. */
  public static SecretName alone(String kind, String name) {
    return new SecretName(kind, "", name);
  }

  /** For people: {@code broker 7 password}. */
  @Override
  public String toString() {
    return owner.isEmpty() ? kind + " " + name : kind + " " + owner + " " + name;
  }
}
