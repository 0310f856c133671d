package org.mqttintegration.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.routefile.NamedSecrets;
import org.springframework.stereotype.Component;

/**
 * Credentials of brokers in a document: {@code ${secret:name}}, which stands for the value that the
 * secret of that name has when the document is imported.
 */
@Component
class SecretReferences {

  static final String PASSWORD = "password";
  static final String CLIENT_KEY = "clientKey";

  /** A reference alone, or anywhere in a text. */
  static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([\\w-][\\w.-]{0,254})}");

  private final NamedSecrets secrets;

  SecretReferences(NamedSecrets secrets) {
    this.secrets = secrets;
  }

  /** What stands for a broker's password. */
  static String password(String broker) {
    return "${secret:broker-%s-password}".formatted(slug(broker));
  }

  /** What stands for a broker's private key. */
  static String clientKey(String broker) {
    return "${secret:broker-%s-client-key}".formatted(slug(broker));
  }

  /** The name in the letters of secrets' names; other names get another one. */
  private static String slug(String name) {
    String plain = name.replaceAll("[^\\w-]+", "-");
    String cut = plain.substring(0, Math.min(plain.length(), 100));
    if (cut.equals(name)) {
      return name;
    }
    CRC32C mark = new CRC32C();
    mark.update(name.getBytes(UTF_8));
    return "%s-%08x".formatted(cut, mark.getValue());
  }

  /**
   * Puts values in place of references. A reference to a secret that is not there leaves what is
   * stored as it is.
   *
   * @param stored the stored record's fields
   */
  void resolve(ObjectNode item, ObjectNode stored) {
    resolve(item, stored, PASSWORD);
    resolve(item, stored, CLIENT_KEY);
  }

  private void resolve(ObjectNode item, ObjectNode stored, String field) {
    JsonNode given = item.path(field);
    if (given.isMissingNode() || given.isNull()) {
      return; // as over REST: absent keeps what is stored, null removes it
    }
    Matcher reference = REFERENCE.matcher(given.asText());
    if (!reference.matches()) {
      throw ProblemException.invalid(
          field,
          "Secrets are named here, as in ${secret:plant-mqtt}; give the value with PUT"
              + " /secrets/plant-mqtt.");
    }
    Optional<String> value = secrets.find(reference.group(1));
    if (value.isPresent()) {
      item.put(field, value.get());
    } else if (stored.has(field)) {
      item.remove(field);
    } else {
      throw ProblemException.invalid(
          field,
          "There is no secret %s: give it with PUT /secrets/%s, or leave this field out."
              .formatted(reference.group(1), reference.group(1)));
    }
  }
}
