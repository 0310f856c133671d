package org.mqttintegration.console.explore;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.console.ConsolePaths;
import org.springframework.web.util.UriUtils;

/** Where a topic is shown. One that is too long for an address is named by one of its messages. */
final class TopicAddress {

  static final String EXPLORE = ConsolePaths.BASE + "/explore";

  /** Characters; in an address each may take twelve. */
  private static final int LONGEST = 500;

  private final Map<String, Object> query = new LinkedHashMap<>();

  private TopicAddress(long broker) {
    query.put("brokerId", broker);
  }

  /**
   * That of a topic.
   *
   * @param any a message of the topic, null when none is known
   */
  static TopicAddress of(long broker, String topic, @Nullable Object any) {
    TopicAddress address = new TopicAddress(broker);
    if (topic.length() <= LONGEST || any == null) {
      return address.with("topic", topic);
    }
    return address.with("of", any);
  }

  /** With a parameter; one without a value is left out. */
  TopicAddress with(String name, @Nullable Object value) {
    if (value != null) {
      query.put(name, value);
    }
    return this;
  }

  /** The page of the topic. */
  String page() {
    return EXPLORE + "?" + query();
  }

  String query() {
    return query.entrySet().stream()
        .map(
            parameter ->
                parameter.getKey()
                    + "="
                    + UriUtils.encode(String.valueOf(parameter.getValue()), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
