package org.mqttintegration.console.form;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** What people read for the words of the contract. */
@Component("labels")
public class Labels {

  private static final Map<String, String> ACRONYMS =
      Map.of("url", "URL", "qos", "QoS", "tls", "TLS", "ca", "CA", "mqtt", "MQTT", "id", "ID");

  /** {@code urlScheme} as "URL scheme", {@code brokerId} as "Broker". */
  public String of(String name) {
    String shown = name.endsWith("Id") && name.length() > 2 ? cut(name, 2) : name;
    String words =
        Arrays.stream(shown.split("(?<=[a-z0-9])(?=[A-Z])|[-.]"))
            .map(word -> word.toLowerCase(Locale.ROOT))
            .map(word -> ACRONYMS.getOrDefault(word, word))
            .collect(Collectors.joining(" "));
    return StringUtils.capitalize(words);
  }

  private static String cut(String text, int characters) {
    return text.substring(0, text.length() - characters);
  }
}
