package org.mqttintegration.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.BrokerRequest;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class SendBatchIT {

  private static final int THOUSANDS = 5_000;

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired ObjectMapper json;

  private long broker;

  @BeforeEach
  void aConnectedBroker() {
    broker =
        brokers.create(BrokerRequest.of("batches", null, local.host(), local.port(), null)).id();
    await().until(() -> brokers.get(broker).liveStatus().equals("connected"));
  }

  @AfterEach
  void noBroker() {
    brokers.delete(broker, true);
  }

  @Test
  void
      given_thousands_of_lines_when_sent_then_all_arrive_in_order_and_the_batch_tells_how_far_it_is()
          throws Exception {
    try (MqttTestClient client = MqttTestClient.connect(local.uri())) {
      client.subscribe("batch/#", 1);
      String lines =
          IntStream.range(0, THOUSANDS)
              .mapToObj(i -> line("batch/" + i % 10, Integer.toString(i), 1))
              .collect(Collectors.joining("\n"));

      Answer answer = batch(lines, Map.of()).expect(202);

      assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
      List<JsonNode> answers = lines(answer);
      assertThat(answers).hasSize(THOUSANDS).allMatch(line -> line.get("status").asInt() == 202);
      String path = answer.header("Location").replace("/api/v1", "");
      assertThat(api.get(path).expect(200).json().get("accepted").asInt()).isEqualTo(THOUSANDS);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> !api.get(path).json().get("finishedAt").isNull());
      assertThat(api.get(path).json().at("/counts/delivered").asInt()).isEqualTo(THOUSANDS);
      for (int topic = 0; topic < 10; topic++) {
        String name = "batch/" + topic;
        assertThat(client.await(THOUSANDS).stream().filter(m -> m.topic().equals(name)))
            .extracting(m -> Integer.parseInt(m.text()))
            .isSorted()
            .hasSize(THOUSANDS / 10);
      }
      String batch = path.substring(path.lastIndexOf('/') + 1);
      JsonNode sends = api.get("/sends?limit=2&batchId=" + batch).expect(200).json().get("items");
      assertThat(sends.findValuesAsText("batchId")).containsExactly(batch, batch);
      assertThat(sends.get(0).get("id")).isEqualTo(answers.get(THOUSANDS - 1).get("id"));
    }
  }

  @Test
  void given_lines_that_cannot_be_sent_when_sent_then_each_says_why_and_the_others_go() {
    String lines =
        String.join(
            "\n",
            line("batch/a", "1", 1),
            "",
            "no json",
            "{\"brokerId\":%d}".formatted(broker),
            "{\"brokerId\":999999,\"topic\":\"a\"}",
            line("batch/+", "1", 1),
            "{\"brokerId\":%d,\"topic\":\"a\",\"qos\":\"1\"}".formatted(broker),
            "{\"brokerId\":%d,\"topic\":\"a\",\"colour\":1}".formatted(broker),
            "{\"brokerId\":%d,\"topic\":\"a/{{x}}\",\"values\":{}}".formatted(broker),
            "{\"brokerId\":%d,\"topic\":\"a/{{x}}\",\"values\":{\"x\":1}}".formatted(broker),
            "[]",
            line("batch/a", "2", 0) + " {}",
            line("batch/a", "2", 0) + "\r\n");

    Answer answer = batch(lines, Map.of()).expect(202);

    assertThat(lines(answer).stream().map(line -> line.get("line") + " " + line.get("status")))
        .containsExactly(
            "1 202", "3 400", "4 400", "5 400", "6 400", "7 400", "8 400", "9 422", "10 202",
            "11 400", "12 400", "13 202");
    assertThat(lines(answer).stream().flatMap(SendBatchIT::fields))
        .containsExactly("", "topic", "brokerId", "topic", "qos", "colour", "values.x", "", "");
    JsonNode batch = api.get(answer.header("Location").replace("/api/v1", "")).json();
    assertThat(batch.get("lines").asInt()).isEqualTo(12);
    assertThat(batch.get("accepted").asInt()).isEqualTo(3);
  }

  @Test
  void given_a_batch_that_is_repeated_when_it_has_a_key_then_it_is_sent_once() {
    Map<String, String> key = Map.of("Idempotency-Key", "batch-" + broker);
    Answer first = batch(line("batch/b", "1", 1) + "\nnonsense", key).expect(202);

    Answer again = batch(line("batch/b", "1", 1) + "\nnonsense", key).expect(202);

    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(api.get("/sends?brokerId=" + broker).json().get("items")).hasSize(1);
    batch(line("batch/b", "2", 1), key).expectProblem(422, "idempotency-key-reused");
  }

  @Test
  void given_what_is_no_batch_when_sent_then_it_is_refused_as_a_whole() {
    batch("", Map.of()).expectProblem(400, "invalid-request");
    batch("\n \n", Map.of()).expectProblem(400, "invalid-request");
    batch("{}\n".repeat(10_001), Map.of()).expectProblem(413, "payload-too-large");
    api.post("/sends/batch", "{}").expectProblem(415, "unsupported-media-type");
    api.send("POST", "/sends", "{}", Map.of("Content-Type", "application/x-ndjson"))
        .expectProblem(415, "unsupported-media-type");
    api.send("POST", "/sends/batch", new byte[] {(byte) 0xff}, NDJSON)
        .expectProblem(400, "invalid-request");
    api.get("/sends/batches/999999").expectProblem(404, "not-found");
    api.get("/sends/batch").expectProblem(405, "method-not-allowed");
    assertThat(api.get("/sends?brokerId=" + broker).json().get("items")).isEmpty();
  }

  private static final Map<String, String> NDJSON = Map.of("Content-Type", "application/x-ndjson");

  private Answer batch(String lines, Map<String, String> headers) {
    return api.send(
        "POST",
        "/sends/batch",
        lines,
        Stream.of(NDJSON, headers)
            .flatMap(map -> map.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private String line(String topic, String payload, int qos) {
    return "{\"brokerId\":%d,\"topic\":\"%s\",\"payload\":\"%s\",\"qos\":%d}"
        .formatted(broker, topic, payload, qos);
  }

  private static Stream<String> fields(JsonNode line) {
    return line.path("errors").findValuesAsText("field").stream();
  }

  private List<JsonNode> lines(Answer answer) {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : answer.text().split("\n")) {
      try {
        lines.add(json.readTree(line));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(e);
      }
    }
    return lines;
  }
}
