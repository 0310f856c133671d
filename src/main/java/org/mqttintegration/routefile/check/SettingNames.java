package org.mqttintegration.routefile.check;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that an administrator gives values for route files, as environment variables or as
 * settings: {@code MQTT_ROUTE_ERP_URL} is {@code {{mqtt.route.erp.url}}} too.
 */
final class SettingNames {

  private static final Pattern WITH_DEFAULT = Pattern.compile("\\{\\{([\\w.-]+):([^{}]*)}}");

  private final String prefix;

  SettingNames(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }

  /** Whether a placeholder of that name is for route files. */
  boolean has(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_").startsWith(prefix);
  }

  /** The text as it is when the administrator gives no values. */
  String withDefaults(String text) {
    Matcher found = WITH_DEFAULT.matcher(text);
    StringBuilder plain = new StringBuilder();
    while (found.find()) {
      String value = has(found.group(1)) ? found.group(2) : found.group();
      found.appendReplacement(plain, Matcher.quoteReplacement(value));
    }
    return found.appendTail(plain).toString();
  }
}
