package org.mqttintegration.send;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.UserPropertyFaults;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.mqtt.TopicName;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.resource.PayloadEncoding;
import org.mqttintegration.resource.Utf8String;

/**
 * The MQTT 5 properties of a message to send (section 3.3.2.3). What is absent is not sent.
 *
 * @param contentType what the payload is, as a media type or as the receivers agreed
 * @param payloadFormatIndicator 1 when the payload is UTF-8, which the broker may check; 0 says the
 *     same as nothing
 * @param messageExpiryInterval the message's life, 1 to 4,294,967,295 seconds; for ever when absent
 * @param responseTopic the topic to answer to
 * @param correlationData at most 65,535 bytes in Base64, by which an answer is known
 * @param userProperties at most 100, in order, repeats kept; none when absent
 */
public record SendProperties(
    @Nullable String contentType,
    @Nullable Integer payloadFormatIndicator,
    @Nullable Long messageExpiryInterval,
    @Nullable String responseTopic,
    @Nullable String correlationData,
    List<UserProperty> userProperties) {

  private static final String FIELD = "properties.";
  private static final int MAX_BYTES = 65_535; // sections 1.5.4 and 1.5.6
  private static final long MAX_SECONDS = 4_294_967_295L;

  public SendProperties {
    userProperties = Objects.requireNonNullElse(userProperties, List.of());
  }

  /** Adds what is wrong with them, and with a payload that they speak of. */
  public void addFaults(byte[] payload, List<FieldError> errors) {
    if (contentType != null) {
      add("contentType", Utf8String.Validator.fault(contentType, MAX_BYTES), errors);
    }
    add("payloadFormatIndicator", formatFault(payload), errors);
    if (messageExpiryInterval != null
        && (messageExpiryInterval < 1 || messageExpiryInterval > MAX_SECONDS)) {
      add("messageExpiryInterval", "A life is between 1 and 4294967295 seconds.", errors);
    }
    if (responseTopic != null) {
      add("responseTopic", TopicName.fault(responseTopic), errors);
    }
    add("correlationData", correlationFault(), errors);
    UserPropertyFaults.add(FIELD + "userProperties", userProperties, errors);
  }

  private @Nullable String formatFault(byte[] payload) {
    if (payloadFormatIndicator == null || payloadFormatIndicator == 0) {
      return null;
    }
    if (payloadFormatIndicator != 1) {
      return "It is 0 for bytes or 1 for UTF-8.";
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
      return null;
    } catch (CharacterCodingException e) {
      return "The payload is not UTF-8.";
    }
  }

  private @Nullable String correlationFault() {
    try {
      return correlation().length > MAX_BYTES ? "At most 65,535 bytes." : null;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private byte[] correlation() {
    return PayloadEncoding.BASE64.decode(Objects.requireNonNullElse(correlationData, ""));
  }

  private static void add(String field, @Nullable String fault, List<FieldError> errors) {
    if (fault != null) {
      errors.add(new FieldError(FIELD + field, fault));
    }
  }

  /** As they are sent. */
  public MessageProperties message() {
    return new MessageProperties(
        contentType,
        payloadFormatIndicator,
        messageExpiryInterval,
        responseTopic,
        correlationData == null ? null : correlation(),
        userProperties);
  }

  /** Without their values. */
  @Override
  public String toString() {
    return "SendProperties";
  }
}
