package org.mqttintegration.console.form;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** What people read for the words of the contract. */
@Component("labels")
public class Labels {

  private static final Map<String, String> ACRONYMS =
      Map.of("url", "URL", "qos", "QoS", "tls", "TLS", "ca", "CA", "mqtt", "MQTT", "id", "ID");

  /** Fields that name another record; people read which record it is. */
  private static final Set<String> RECORDS =
      Set.of("brokerId", "subscriptionId", "signalId", "batchId");

  /** {@code urlScheme} as "URL scheme", {@code brokerId} as "Broker". */
  public String of(String name) {
    String shown = RECORDS.contains(name) ? name.substring(0, name.length() - "Id".length()) : name;
    String words =
        Arrays.stream(shown.split("(?<=[a-z0-9])(?=[A-Z])|[-.]"))
            .map(word -> word.toLowerCase(Locale.ROOT))
            .map(word -> ACRONYMS.getOrDefault(word, word))
            .collect(Collectors.joining(" "));
    return StringUtils.capitalize(words);
  }
}
