package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.mqtt.ReceivedMessage;
import org.mqttintegration.mqtt.ReceivedMessage.Delivery;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;

/** The history as REST reads it. */
@HistorySlice
class HistoryQueriesIT extends HistoryRequests {

  @Test
  void given_messages_when_listed_then_the_newest_comes_first_with_every_field() throws Exception {
    received("plant/a", NOON, "first");
    sent("plant/b", NOON.plusSeconds(1), new byte[] {(byte) 0xff}, 9);

    JsonNode page = list(Map.of());

    assertThat(page.get("nextCursor").isNull()).isTrue();
    assertThat(page.get("items")).hasSize(2);
    JsonNode newest = page.get("items").get(0);
    assertThat(newest.get("direction").asText()).isEqualTo("send");
    assertThat(newest.get("payload").asText()).isEqualTo("/w==");
    assertThat(newest.get("payloadEncoding").asText()).isEqualTo("base64");
    assertThat(newest.get("timestamp").asText()).isEqualTo("2026-11-22T12:00:01Z");
    assertThat(newest.get("displayName").asText()).isEqualTo("send plant/b 2026-11-22T12:00:01Z");
    assertThat(newest.get("subscriptionId").isNull()).isTrue();
    JsonNode oldest = page.get("items").get(1);
    assertThat(oldest.get("payload").asText()).isEqualTo("first");
    assertThat(oldest.get("payloadEncoding").asText()).isEqualTo("utf8");
    assertThat(oldest.get("userProperties").isArray()).isTrue();
    assertThat(newest.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "brokerId",
            "subscriptionId",
            "signalId",
            "topic",
            "payload",
            "payloadEncoding",
            "payloadSize",
            "payloadOmitted",
            "qos",
            "retain",
            "duplicate",
            "direction",
            "timestamp",
            "displayName",
            "contentType",
            "payloadFormatIndicator",
            "messageExpiryInterval",
            "responseTopic",
            "correlationData",
            "subscriptionIdentifier",
            "userProperties");
  }

  @Test
  void given_equal_timestamps_when_paged_then_nothing_is_missing_or_repeated() throws Exception {
    for (int i = 0; i < 105; i++) {
      received("plant/a", NOON.plusSeconds(i / 40), "" + i);
    }
    List<String> payloads = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = list(Map.of("limit", "10", "cursor", cursor));
      page.get("items").forEach(item -> payloads.add(item.get("payload").asText()));
      cursor = page.get("nextCursor").asText(null);
      pages++;
    } while (cursor != null);

    assertThat(pages).isEqualTo(11);
    assertThat(payloads)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 105).mapToObj(i -> "" + (105 - i)).toList());
  }

  @Test
  void given_a_full_last_page_when_listed_then_there_is_no_next_one() throws Exception {
    received("plant/a", NOON, "1");
    received("plant/a", NOON, "2");

    assertThat(list(Map.of("limit", "2")).get("nextCursor").isNull()).isTrue();
  }

  @Test
  void given_large_payloads_when_paged_then_pages_end_early_and_nothing_is_missing()
      throws Exception {
    int megabytes = 9 << 20;
    for (int i = 0; i < 3; i++) {
      recorder.receive(Received.at(NOON, "plant/" + i, new byte[megabytes], 1));
    }
    recorder.awaitAll();
    List<String> topics = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = list(Map.of("cursor", cursor));
      assertThat(page.get("items")).hasSize(1);
      topics.add(page.get("items").get(0).get("topic").asText());
      cursor = page.get("nextCursor").asText(null);
    }

    assertThat(topics).containsExactly("plant/2", "plant/1", "plant/0");
  }

  @Test
  void given_an_id_when_asked_for_then_that_message_comes() throws Exception {
    received("plant/a", NOON, "x");
    long id = list(Map.of()).get("items").get(0).get("id").asLong();

    Exchange answer = request("direct:getHistoryEntry", Map.of("id", "" + id));

    assertThat(json.readTree(answer.getMessage().getBody(byte[].class)).get("payload").asText())
        .isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({"direct:getHistoryEntry", "direct:getHistoryPayload"})
  void given_an_id_that_is_not_there_when_asked_for_then_it_is_not_found(String operation) {
    assertThat(problem(operation, Map.of("id", "4711")).type()).isEqualTo(ProblemType.NOT_FOUND);
    assertThat(problem(operation, Map.of("id", "x")).type()).isEqualTo(ProblemType.INVALID_REQUEST);
  }

  @Test
  void given_a_payload_above_the_limit_when_read_then_its_size_and_the_reason_stand_for_it()
      throws Exception {
    int limit = 10 << 20;
    recorder.receive(Received.at(NOON, "plant/limit", new byte[limit], 1));
    recorder.receive(Received.at(NOON, "plant/above", new byte[limit + 1], 2));
    sent("plant/sent", NOON, new byte[limit + 2], 9);
    recorder.awaitAll();

    for (String topic : List.of("plant/above", "plant/sent")) {
      JsonNode item = list(Map.of("topic", topic)).get("items").get(0);
      assertThat(item.get("payload").asText()).isEmpty();
      assertThat(item.get("payloadSize").asInt()).isGreaterThan(limit);
      assertThat(item.get("payloadOmitted").asText())
          .isEqualTo("larger than the limit of 10,485,760 bytes");
      ProblemException problem =
          problem("direct:getHistoryPayload", Map.of("id", item.get("id").asText()));
      assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND);
      assertThat(problem.detail())
          .isEqualTo("The payload is not stored: it is larger than the limit of 10,485,760 bytes.");
    }
    JsonNode stored = list(Map.of("topic", "plant/limit")).get("items").get(0);
    assertThat(stored.get("payloadSize").asInt()).isEqualTo(limit);
    assertThat(stored.get("payloadOmitted").isNull()).isTrue();
  }

  @Test
  void given_bytes_when_the_payload_is_asked_for_then_they_come_as_a_harmless_file() {
    byte[] payload = "{\"a\":\0}".getBytes(StandardCharsets.UTF_8);
    recorder.receive(
        new ReceivedMessage(
            NOON,
            "plant/a",
            payload,
            0,
            false,
            false,
            new MessageProperties("application/json", null, null, null, null, List.of()),
            null,
            new Delivery("7", 0, 70, 0)));
    recorder.awaitAll();
    long id = database.sql("select id from history").query(Long.class).single();

    Exchange answer = request("direct:getHistoryPayload", Map.of("id", "" + id));

    assertThat(answer.getMessage().getBody()).isEqualTo(payload);
    assertThat(answer.getMessage().getHeaders())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Content-Disposition", "attachment; filename=\"history-" + id + "\"");
  }
}
