package org.mqttintegration.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.resource.Violations;
import org.mqttintegration.send.TemplatesOfTests;
import org.mqttintegration.signal.SignalRepository.SubscriptionTopic;

class SignalCheckTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Brokers brokers = mock(Brokers.class);
  private final SignalRepository repository = mock(SignalRepository.class);
  private final SignalCheck checks =
      new SignalCheck(Violations.validator(), TemplatesOfTests.templates(), brokers, repository);

  @BeforeEach
  void brokersAndSubscriptions() {
    when(brokers.exists(1)).thenReturn(true);
    when(brokers.exists(2)).thenReturn(true);
    subscription(10, 1, "plant/a");
    subscription(11, 1, "plant/+");
    subscription(12, 1, "$share/g/plant/a");
    subscription(20, 2, "plant/b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "name; null",
        "name; ' '",
        "name; 'a\\u0000'",
        "brokerId; null",
        "brokerId; 9",
        "subscriptionId; 99",
        "subscriptionId; 20",
        "topic; ''",
        "topic; 'a/+'",
        "topic; 'a/#'",
        "topic; 'a\\u0000'",
        "topic; null",
        "qos; 3",
        "qos; -1",
        "payload; '\\ud800'"
      })
  void given_a_field_that_cannot_be_when_checked_then_it_is_named(String field, String value)
      throws Exception {
    assertThat(fields(with(field, value))).containsExactly(field);
  }

  @Test
  void given_a_topic_over_65535_bytes_when_checked_then_topic_is_named() throws Exception {
    assertThat(fields(signal().put("topic", "ü".repeat(32_768)))).containsExactly("topic");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "contentType; 'a\\u0000'; contentType",
        "payloadFormatIndicator; 2; payloadFormatIndicator",
        "messageExpiryInterval; 0; messageExpiryInterval",
        "messageExpiryInterval; 4294967296; messageExpiryInterval",
        "responseTopic; 'a/#'; responseTopic",
        "correlationData; '?'; correlationData",
        "userProperties; [{'name': 'a', 'value': 'b'}, {'name': null, 'value': '\\u0000'}];"
            + " userProperties[1].name userProperties[1].value"
      })
  void given_a_property_that_cannot_be_when_checked_then_it_is_named(
      String property, String value, String named) throws Exception {
    ObjectNode signal = signal();
    signal.putObject("properties").set(property, JSON.readTree(value.replace('\'', '"')));

    assertThat(fields(signal))
        .containsExactly(
            Stream.of(named.split(" ")).map("properties."::concat).toArray(String[]::new));
  }

  @Test
  void given_a_payload_that_is_no_text_when_it_is_said_to_be_utf_8_then_that_is_named()
      throws Exception {
    ObjectNode signal = signal().put("payload", "/w==").put("payloadEncoding", "base64");
    signal.putObject("properties").put("payloadFormatIndicator", 1);

    assertThat(fields(signal)).containsExactly("properties.payloadFormatIndicator");
  }

  @Test
  void given_several_wrong_fields_when_checked_then_all_are_named() throws Exception {
    ObjectNode signal = signal().put("qos", 3).put("brokerId", 9).put("payloadFormat", "json");
    signal.remove("name");
    assertThat(fields(signal)).containsExactly("brokerId", "name", "payload", "qos");
  }

  @ParameterizedTest
  @CsvSource({"10,", "11,topic", "12,topic"})
  void given_no_topic_when_checked_then_the_subscription_must_name_a_single_one(
      int subscription, String field) throws Exception {
    ObjectNode signal = signal().put("subscriptionId", subscription);
    signal.remove("topic");
    assertThat(fields(signal)).isEqualTo(field == null ? List.of() : List.of(field));
  }

  @Test
  void given_a_subscription_with_a_wildcard_when_the_signal_has_a_topic_then_it_is_taken()
      throws Exception {
    assertThat(fields(signal().put("subscriptionId", 11))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "text; ``",
        "text; anything {",
        "json; {\"a\":[1,2.5e3,null]}",
        "json; \" x\"",
        "json;  7 ",
        "hex; 00ffA9",
        "hex; ``",
        "base64; AAEC/w==",
        "base64; ``"
      })
  void given_a_payload_of_its_format_when_checked_then_it_is_taken(String format, String payload)
      throws Exception {
    assertThat(fields(signal().put("payloadFormat", format).put("payload", payload))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "json; ``",
        "json; {",
        "json; {} {}",
        "json; [1,]",
        "json; {'a':1}",
        "json; NaN",
        "hex; 0",
        "hex; 0g",
        "hex; 00 11",
        "base64; A",
        "base64; A-_B",
        "base64; AA=B"
      })
  void given_a_payload_of_another_format_when_checked_then_payload_is_named(
      String format, String payload) throws Exception {
    assertThat(fields(signal().put("payloadFormat", format).put("payload", payload)))
        .containsExactly("payload");
  }

  @ParameterizedTest
  @CsvSource({"AAEC/w==,text,", "not base64,text,payload", "/w==,json,payload", "e30=,json,"})
  void given_base64_when_checked_then_it_must_decode_and_the_bytes_count(
      String payload, String format, String field) throws Exception {
    ObjectNode signal =
        signal()
            .put("payloadEncoding", "base64")
            .put("payloadFormat", format)
            .put("payload", payload);
    assertThat(fields(signal)).isEqualTo(field == null ? List.of() : List.of(field));
  }

  @Test
  void given_json_in_another_charset_when_checked_then_it_is_no_json() throws Exception {
    ObjectNode signal =
        signal()
            .put("payloadEncoding", "base64")
            .put("payloadFormat", "json")
            .put("payload", "/v8AewB9");
    assertThat(fields(signal)).containsExactly("payload");
  }

  private List<String> fields(ObjectNode signal) throws Exception {
    SignalRequest request = JSON.treeToValue(signal, SignalRequest.class);
    return Violations.fields(() -> checks.check(request));
  }

  private static ObjectNode signal() {
    return JSON.createObjectNode().put("name", "s").put("brokerId", 1).put("topic", "a/b");
  }

  private static ObjectNode with(String field, String value) throws Exception {
    return signal().set(field, JSON.readTree(value.replace('\'', '"')));
  }

  private void subscription(long id, long brokerId, String topic) {
    SubscriptionTopic subscription = mock(SubscriptionTopic.class);
    when(subscription.getBrokerId()).thenReturn(brokerId);
    when(subscription.getTopic()).thenReturn(topic);
    when(repository.findSubscriptionTopic(id)).thenReturn(Optional.of(subscription));
  }
}
