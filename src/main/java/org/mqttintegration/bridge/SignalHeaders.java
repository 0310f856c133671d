package org.mqttintegration.bridge;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.Metadata;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.RecordedMessage;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.mqtt.UserProperty;

/**
 * The headers of {@code signal:} endpoints. What comes from outside is only ever a header's value,
 * never its name: Camel acts on headers of certain names.
 */
public final class SignalHeaders {

  @Metadata(
      description = "The Topic Name; of a message to send, where the endpoint names no topic",
      javaType = "String")
  public static final String TOPIC = "mqttTopic";

  @Metadata(
      label = "consumer",
      description = "The name of the broker that it came from; absent when that is gone",
      javaType = "String")
  public static final String BROKER = "mqttBroker";

  @Metadata(label = "consumer", description = "The QoS it came with", javaType = "Integer")
  public static final String QOS = "mqttQos";

  @Metadata(label = "consumer", description = "The RETAIN flag", javaType = "Boolean")
  public static final String RETAIN = "mqttRetain";

  @Metadata(
      label = "consumer",
      description = "Whether the broker's session delivered it before",
      javaType = "Boolean")
  public static final String DUPLICATE = "mqttDuplicate";

  @Metadata(label = "consumer", description = "The id of its history entry", javaType = "Long")
  public static final String HISTORY_ID = "mqttHistoryId";

  @Metadata(
      label = "consumer",
      description = "When it was received: ISO 8601 in UTC, with microseconds",
      javaType = "String")
  public static final String TIMESTAMP = "mqttTimestamp";

  @Metadata(
      label = "consumer",
      description = "Why the payload is not recorded, and so empty here; absent when it is",
      javaType = "String")
  public static final String PAYLOAD_OMITTED = "mqttPayloadOmitted";

  @Metadata(description = "The Content Type", javaType = "String")
  public static final String CONTENT_TYPE = "mqttContentType";

  @Metadata(description = "The Response Topic", javaType = "String")
  public static final String RESPONSE_TOPIC = "mqttResponseTopic";

  @Metadata(description = "The Correlation Data", javaType = "byte[]")
  public static final String CORRELATION_DATA = "mqttCorrelationData";

  @Metadata(
      description = "The User Properties by name; a list of values where a name comes repeatedly",
      javaType = "java.util.Map<String, Object>")
  public static final String USER_PROPERTIES = "mqttUserProperties";

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private SignalHeaders() {}

  /** Makes a message of what was recorded; of which broker, is null when that is gone. */
  static void fill(Message message, RecordedMessage recorded, @Nullable String broker) {
    MessageProperties properties = recorded.properties();
    message.setBody(recorded.payload());
    message.setHeader(TOPIC, recorded.topic());
    set(message, BROKER, broker);
    message.setHeader(QOS, recorded.qos());
    message.setHeader(RETAIN, recorded.retain());
    message.setHeader(DUPLICATE, recorded.duplicate());
    message.setHeader(HISTORY_ID, recorded.id());
    message.setHeader(TIMESTAMP, MICROSECONDS.format(recorded.timestamp()));
    message.setHeader(Exchange.MESSAGE_TIMESTAMP, recorded.timestamp().toEpochMilli());
    set(message, PAYLOAD_OMITTED, recorded.payloadOmitted());
    set(message, CONTENT_TYPE, properties.contentType());
    set(message, RESPONSE_TOPIC, properties.responseTopic());
    set(message, CORRELATION_DATA, properties.correlationData());
    if (!properties.userProperties().isEmpty()) {
      message.setHeader(USER_PROPERTIES, map(properties.userProperties()));
    }
  }

  private static void set(Message message, String name, @Nullable Object value) {
    if (value != null) {
      message.setHeader(name, value);
    }
  }

  private static Map<String, Object> map(List<UserProperty> properties) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (UserProperty property : properties) {
      map.merge(property.name(), property.value(), SignalHeaders::both);
    }
    return map;
  }

  private static Object both(Object before, Object next) {
    List<Object> values =
        before instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>(List.of(before));
    values.add(next);
    return values;
  }

  /** The MQTT 5 properties that a message's headers tell. */
  static MessageProperties properties(Message message) {
    return new MessageProperties(
        message.getHeader(CONTENT_TYPE, String.class),
        null,
        null,
        message.getHeader(RESPONSE_TOPIC, String.class),
        message.getHeader(CORRELATION_DATA, byte[].class),
        userProperties(message.getHeader(USER_PROPERTIES)));
  }

  private static List<UserProperty> userProperties(@Nullable Object header) {
    List<UserProperty> properties = new ArrayList<>();
    if (header instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> {
            List<?> values = value instanceof List<?> list ? list : List.of(String.valueOf(value));
            values.forEach(
                one -> properties.add(new UserProperty(String.valueOf(name), String.valueOf(one))));
          });
    }
    return properties;
  }
}
