package org.mqttintegration.routefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.SecretPlaces;
import org.mqttintegration.secret.SecretException;
import org.mqttintegration.secret.SecretName;
import org.mqttintegration.secret.Secrets;
import org.mqttintegration.secret.UsedSecrets;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Secrets that route files name, {@code {{secret:name}}}: those given over REST, else the content
 * of a file of that name. A value is read when a route with it starts, and is never shown.
 */
@Component
class RouteSecrets implements PropertiesFunction {

  /** Their kind among all secrets. */
  static final String KIND = "route";

  /** What {@link #isName} asks for. */
  static final String NAME_RULE =
      "The name of a secret has letters, digits, ., - and _ only, and no . first.";

  private final Path directory;
  private final Secrets secrets;
  private final SecretPlaces places;
  private final UsedSecrets used;
  private final Set<String> options = ConcurrentHashMap.newKeySet();

  RouteSecrets(RouteFileSettings settings, Secrets secrets, UsedSecrets used, CamelContext camel) {
    this.directory = settings.secrets();
    this.secrets = secrets;
    this.used = used;
    this.places = SecretPlaces.addTo(camel, this::apply);
    camel.getPropertiesComponent().addPropertiesFunction(this);
  }

  @Override
  public String getName() {
    return "secret";
  }

  @Override
  public String apply(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(NAME_RULE);
    }
    String value = stored(name).orElseGet(() -> inFile(name));
    used.add(value);
    return value;
  }

  /** Where they stand in URIs of endpoints. */
  SecretPlaces places() {
    return places;
  }

  static boolean isName(String name) {
    return name.matches("[\\w-][\\w.-]{0,254}");
  }

  /** Whether there is one of that name. */
  boolean has(String name) {
    return isName(name)
        && (secrets.has(SecretName.alone(KIND, name)) || Files.exists(directory.resolve(name)));
  }

  private Optional<String> stored(String name) {
    try {
      return secrets.read(SecretName.alone(KIND, name));
    } catch (SecretException e) {
      throw new IllegalArgumentException(e.getMessage());
    } catch (DataAccessException e) {
      throw new IllegalArgumentException(
          "The secret %s cannot be read: the database does not answer.".formatted(name));
    }
  }

  private String inFile(String name) {
    try {
      return Files.readString(directory.resolve(name)).stripTrailing();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "There is no secret %s: give it with PUT /secrets/%s, or put it in the file %s."
              .formatted(name, name, directory.resolve(name)));
    } catch (IOException e) {
      throw new IllegalArgumentException("The secret %s cannot be read.".formatted(name));
    }
  }

  /** Has Camel hide parameters of endpoints that hold secrets, in its logs too. */
  void hideOptions(Set<String> names) {
    if (options.addAll(names)) {
      URISupport.addSanitizeKeywords(String.join(",", options));
    }
  }

  /** A text without the secrets that routes were given. */
  @Nullable String hide(@Nullable String text) {
    return used.hide(text);
  }
}
