package org.mqttintegration.installation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.stereotype.Component;

/** The settings with their values, as this node was started with them. */
@Component
class SettingsInForce {

  private final KnownSettings known;
  private final Environment environment;

  SettingsInForce(KnownSettings known, Environment environment) {
    this.known = known;
    this.environment = environment;
  }

  /** All of them, by name. */
  List<Setting> list() {
    return known.all().stream().map(this::setting).toList();
  }

  private Setting setting(KnownSetting setting) {
    ConfigurationPropertyName name = ConfigurationPropertyName.of(setting.name());
    ConfigurationPropertySource source = source(name);
    Origin origin = Origin.of(source == null ? null : sourceName(source));
    Disclosure disclosure = Disclosure.of(setting);
    String given = source == null ? setting.preset() : value(setting);
    boolean set = given != null && !given.isEmpty();
    return new Setting(
        setting.name(),
        setting.description(),
        set && given != null ? told(disclosure, given) : null,
        set,
        disclosure == Disclosure.HIDDEN,
        origin,
        source == null || origin == Origin.DEFAULT ? null : place(source, name, origin),
        setting.preset());
  }

  private static @Nullable String told(Disclosure disclosure, String value) {
    return switch (disclosure) {
      case VALUE, NAMES -> value;
      case ADDRESS -> Disclosure.address(value);
      case HIDDEN -> null;
    };
  }

  /** The value; of a list its items, of things with names these. */
  private @Nullable String value(KnownSetting setting) {
    Binder binder = Binder.get(environment);
    String name = setting.name();
    if (Disclosure.of(setting) == Disclosure.NAMES) {
      return binder
          .bind(name, Bindable.mapOf(String.class, Object.class))
          .map(Map::keySet)
          .map(names -> String.join(", ", names.stream().sorted().toList()))
          .orElse(null);
    }
    return setting.type().startsWith("java.util.List<")
        ? binder
            .bind(name, Bindable.listOf(String.class))
            .map(items -> String.join(", ", items))
            .orElse(null)
        : environment.getProperty(name);
  }

  /** What the setting's value is from: it goes before the others. */
  private @Nullable ConfigurationPropertySource source(ConfigurationPropertyName name) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source.getConfigurationProperty(name) != null || hasBelow(source, name)) {
        return source;
      }
    }
    return null;
  }

  /** Lists and maps have their values below their name. */
  private static boolean hasBelow(
      ConfigurationPropertySource source, ConfigurationPropertyName name) {
    return source.getConfigurationProperty(name.append("[0]")) != null
        || source instanceof IterableConfigurationPropertySource names
            && names.stream().anyMatch(name::isAncestorOf);
  }

  private static String sourceName(ConfigurationPropertySource source) {
    return source.getUnderlyingSource() instanceof PropertySource<?> named ? named.getName() : "";
  }

  /** The file and line, or the variable, or what else the value is from. */
  private static @Nullable String place(
      ConfigurationPropertySource source, ConfigurationPropertyName name, Origin from) {
    ConfigurationProperty property = source.getConfigurationProperty(name);
    var origin = property == null ? null : property.getOrigin();
    if (origin instanceof SystemEnvironmentOrigin variable) {
      return variable.getProperty();
    }
    if (origin instanceof TextResourceOrigin line) {
      return line.toString();
    }
    return switch (from) {
      case DEFAULT, COMMAND_LINE, SYSTEM_PROPERTY -> null;
      case ENVIRONMENT ->
          origin instanceof PropertySourceOrigin variable ? variable.getPropertyName() : null;
      case FILE, OTHER -> sourceName(source);
    };
  }
}
