package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.mqtt.TopicFilter;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The history as REST reads it. */
@HistorySlice
class HistoryQueriesIT {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @Autowired private CamelContext camel;
  @Autowired private ProducerTemplate producer;
  @Autowired private ObjectMapper json;

  private final JdbcClient database = JdbcClient.create(HistorySlice.Database.direct());
  private Recorder recorder;

  @BeforeEach
  void emptyHistory() {
    database.sql("truncate history").update();
    recorder = new Recorder(camel);
  }

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

  @ParameterizedTest
  @CsvSource({
    "brokerId,7,abc",
    "brokerId,8,d",
    "brokerId,9,''",
    "subscriptionId,70,abc",
    "signalId,9,d",
    "direction,send,d",
    "direction,receive,abc",
    "topic,plant/a,a",
    "topic,plant/#,abc",
    "topic,plant,''",
    "topic,+/+,abcd",
    "topic,#,abcd",
    "topic,$share/g/plant/b,b",
    "from,2026-11-22T12:00:01Z,bcd",
    "from,2026-11-22T13:00:02+01:00,cd",
    "to,2026-11-22T12:00:01Z,a",
    "contains,ü,b",
    "contains,%,c",
    "contains,nowhere,''"
  })
  void given_messages_when_filtered_then_only_matching_ones_come(
      String parameter, String value, String expected) throws Exception {
    received("plant/a", NOON, "x");
    received("plant/b", NOON.plusSeconds(1), "für");
    received("plant/c", NOON.plusSeconds(2), "100 %");
    sent("other/d", NOON.plusSeconds(3), new byte[] {0, 1}, 9);

    StringBuilder last = new StringBuilder();
    list(Map.of(parameter, value))
        .get("items")
        .forEach(item -> last.insert(0, item.get("topic").asText().split("/")[1]));
    assertThat(last.toString()).isEqualTo(expected);
  }

  @Test
  void given_all_filters_when_listed_then_they_hold_together() throws Exception {
    received("plant/a", NOON, "x");
    received("plant/b", NOON, "x");

    JsonNode page =
        list(
            Map.of(
                "brokerId", "7",
                "subscriptionId", "70",
                "direction", "receive",
                "topic", "+/b",
                "from", "2026-11-22T12:00:00Z",
                "to", "2026-11-22T12:00:01Z",
                "contains", "x"));
    assertThat(page.get("items")).hasSize(1);
  }

  @Test
  void given_a_payload_with_nul_when_looked_for_then_bytes_around_it_are_found() throws Exception {
    recorder.receive(Received.at(NOON, "plant/a", new byte[] {(byte) 0xff, 0, 'k', 'e', 'y'}, 1));
    recorder.awaitAll();

    assertThat(list(Map.of("contains", "key")).get("items")).hasSize(1);
    assertThat(list(Map.of("contains", "\0k")).get("items")).hasSize(1);
  }

  @Test
  void given_any_filter_when_postgresql_matches_then_it_agrees_with_mqtt() {
    RandomTopics random = new RandomTopics(42);
    Set<String> topics = new LinkedHashSet<>();
    IntStream.range(0, 1_500).forEach(i -> topics.add(random.topic()));
    String[] all = topics.toArray(String[]::new);
    for (int i = 0; i < 1_000; i++) {
      String filter = random.filter();
      TopicCondition condition = TopicCondition.of(filter);
      List<String> found =
          database
              .sql(
                  "select topic from unnest(:all) with ordinality t(topic, n) where "
                      + condition.sql()
                      + " order by n")
              .param("all", all)
              .params(condition.parameters())
              .query(String.class)
              .list();
      assertThat(found)
          .as("filter <%s>", filter)
          .isEqualTo(topics.stream().filter(topic -> TopicFilter.matches(filter, topic)).toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cursor,garbage",
    "cursor,!!",
    "cursor,AQAAAAAAAAAAAAAAAAAAAAAA",
    "cursor,AX__________AAAAAAAAAAA",
    "topic,a/#/b",
    "topic,a+",
    "limit,0",
    "limit,501",
    "limit,x",
    "brokerId,1.5",
    "signalId,99999999999999999999",
    "direction,SEND",
    "from,yesterday",
    "from,2026-11-22",
    "to,+999999999-12-31T23:59:59Z"
  })
  void given_a_bad_parameter_when_listed_then_the_problem_names_it(String parameter, String value) {
    ProblemException problem = problem("direct:listHistory", Map.of(parameter, value));

    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
    assertThat(problem.errors()).extracting(FieldError::field).containsExactly(parameter);
  }

  @Test
  void given_a_parameter_twice_when_listed_then_the_problem_names_it() {
    ProblemException problem = problem("direct:listHistory", Map.of("topic", List.of("a", "b")));

    assertThat(problem.errors()).extracting(FieldError::field).containsExactly("topic");
  }

  @Test
  void given_a_filter_of_many_levels_when_listed_then_it_works_up_to_the_limit() throws Exception {
    received("(/".repeat(499) + "a", NOON, "x");
    received("(/".repeat(30_000) + "a", NOON, "x");

    assertThat(list(Map.of("topic", "+/".repeat(499) + "a")).get("items")).hasSize(1);
    assertThat(list(Map.of("topic", "(/".repeat(498) + "+/a")).get("items")).hasSize(1);
    assertThat(list(Map.of("topic", "(/".repeat(30_000) + "a")).get("items")).hasSize(1);
    assertThat(problem("direct:listHistory", Map.of("topic", "+/".repeat(500) + "a")).errors())
        .extracting(FieldError::field)
        .containsExactly("topic");
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
  void given_bytes_when_the_payload_is_asked_for_then_they_come_as_a_harmless_file() {
    byte[] payload = "{\"a\":\0}".getBytes(StandardCharsets.UTF_8);
    recorder.receive(
        new org.mqttintegration.mqtt.ReceivedMessage(
            NOON,
            "plant/a",
            payload,
            0,
            false,
            false,
            new MessageProperties("application/json", null, null, null, null, List.of()),
            null));
    recorder.awaitAll();
    long id = database.sql("select id from history").query(Long.class).single();

    Exchange answer = request("direct:getHistoryPayload", Map.of("id", "" + id));

    assertThat(answer.getMessage().getBody()).isEqualTo(payload);
    assertThat(answer.getMessage().getHeaders())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Content-Disposition", "attachment; filename=\"history-" + id + "\"");
  }

  private void received(String topic, Instant time, String payload) {
    recorder.receive(Received.at(time, topic, payload.getBytes(StandardCharsets.UTF_8), 1));
    recorder.awaitAll();
  }

  private void sent(String topic, Instant time, byte[] payload, long signalId) {
    producer.sendBody(
        "direct:recordSent",
        new SentMessage(8, signalId, topic, payload, 0, false, MessageProperties.NONE, time));
  }

  private JsonNode list(Map<String, Object> parameters) throws Exception {
    Exchange answer = request("direct:listHistory", parameters);
    assertThat(answer.getException()).isNull();
    return json.readTree(answer.getMessage().getBody(byte[].class));
  }

  private Exchange request(String operation, Map<String, Object> parameters) {
    return producer.request(
        operation, exchange -> exchange.getIn().getHeaders().putAll(parameters));
  }

  private ProblemException problem(String operation, Map<String, Object> parameters) {
    Exception exception = request(operation, parameters).getException();
    assertThat(exception).isInstanceOf(ProblemException.class);
    return (ProblemException) exception;
  }
}
