package org.mqttintegration.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.resource.PayloadEncoding;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/** Rows of the table as items. */
@Component
class HistoryRows implements RowMapper<HistoryItem> {

  private static final TypeReference<List<UserProperty>> USER_PROPERTIES = new TypeReference<>() {};

  private final ObjectMapper json;

  HistoryRows(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public HistoryItem mapRow(ResultSet row, int number) throws SQLException {
    byte[] payload = row.getBytes("payload");
    PayloadEncoding encoding = PayloadEncoding.of(payload);
    Direction direction = Direction.valueOf(row.getString("direction").toUpperCase(Locale.ROOT));
    Instant timestamp = row.getObject("timestamp", OffsetDateTime.class).toInstant();
    String topic = row.getString("topic");
    Integer size = row.getObject("payload_size", Integer.class);
    MessageProperties properties = properties(row);
    byte[] correlationData = properties.correlationData();
    return new HistoryItem(
        row.getLong("id"),
        row.getLong("broker_id"),
        row.getObject("subscription_id", Long.class),
        row.getObject("signal_id", Long.class),
        topic,
        encoding.encode(payload),
        encoding,
        size == null ? payload.length : size,
        row.getString("payload_omitted"),
        row.getInt("qos"),
        row.getBoolean("retain"),
        row.getBoolean("duplicate"),
        direction,
        timestamp,
        "%s %s %s".formatted(direction.word(), topic, timestamp),
        properties.contentType(),
        properties.payloadFormatIndicator(),
        properties.messageExpiryInterval(),
        properties.responseTopic(),
        correlationData == null ? null : PayloadEncoding.BASE64.encode(correlationData),
        row.getObject("subscription_identifier", Integer.class),
        properties.userProperties());
  }

  /** The row of a received message as it was. */
  RecordedMessage recorded(ResultSet row) throws SQLException {
    return new RecordedMessage(
        row.getLong("id"),
        row.getLong("broker_id"),
        row.getObject("subscription_id", Long.class),
        row.getObject("timestamp", OffsetDateTime.class).toInstant(),
        row.getString("topic"),
        row.getBytes("payload"),
        row.getString("payload_omitted"),
        row.getInt("qos"),
        row.getBoolean("retain"),
        row.getBoolean("duplicate"),
        properties(row));
  }

  private MessageProperties properties(ResultSet row) throws SQLException {
    return new MessageProperties(
        row.getString("content_type"),
        row.getObject("payload_format_indicator", Integer.class),
        row.getObject("message_expiry_interval", Long.class),
        row.getString("response_topic"),
        row.getBytes("correlation_data"),
        userProperties(row.getString("user_properties")));
  }

  private List<UserProperty> userProperties(@Nullable String stored) throws SQLException {
    try {
      return stored == null ? List.of() : json.readValue(stored, USER_PROPERTIES);
    } catch (JsonProcessingException e) {
      throw new SQLException("user_properties is no list of names and values", e);
    }
  }
}
