package org.mqttintegration.routefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.springframework.stereotype.Component;

/**
 * Secrets that route files name, {@code {{secret:name}}}: each is the content of a file of that
 * name. A value is read when a route with it starts, and is never shown.
 */
@Component
class RouteSecrets implements PropertiesFunction {

  /** Shorter ones would hide half of a message. */
  private static final int HIDDEN_LENGTH = 4;

  private final Path directory;
  private final Set<String> values = ConcurrentHashMap.newKeySet();
  private final Set<String> options = ConcurrentHashMap.newKeySet();

  RouteSecrets(RouteFileSettings settings, CamelContext camel) {
    this.directory = settings.secrets();
    camel.getPropertiesComponent().addPropertiesFunction(this);
  }

  @Override
  public String getName() {
    return "secret";
  }

  @Override
  public String apply(String name) {
    if (!name.matches("[\\w.-]+") || name.startsWith(".")) {
      throw new IllegalArgumentException("The name of a secret has letters, digits, - and _ only.");
    }
    try {
      String value = Files.readString(directory.resolve(name)).stripTrailing();
      if (value.length() >= HIDDEN_LENGTH) {
        values.add(value);
      }
      return value;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "There is no secret %s: put it in the file %s.".formatted(name, directory.resolve(name)));
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
    if (text == null) {
      return null;
    }
    String hidden = text;
    for (String value : values) {
      hidden = hidden.replace(value, "xxxxxx");
    }
    return hidden;
  }
}
