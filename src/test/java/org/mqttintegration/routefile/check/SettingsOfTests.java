package org.mqttintegration.routefile.check;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as the application has them when nobody sets any, but for those given. */
public final class SettingsOfTests {

  private SettingsOfTests() {}

  public static RouteFileSettings of(Map<String, ?> settings) {
    Map<String, Object> values = new HashMap<>();
    settings.forEach((key, value) -> values.put("mqtt-integration.route-files." + key, value));
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("mqtt-integration.route-files", RouteFileSettings.class);
  }

  public static RouteFileSettings in(Path directory) {
    return of(
        Map.of(
            "directory", directory.toString(), "secrets", directory.resolve("secrets").toString()));
  }
}
