package org.mqttintegration.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.BrokerRequest;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.mqtt.AnsweringBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.MqttTestClient.Received;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class RequestIT {

  private static final int MANY = 300;

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired PendingRequests pending;

  private long broker;
  private long signal;

  @BeforeEach
  void aSignal() {
    broker =
        brokers.create(BrokerRequest.of("requests", null, local.host(), local.port(), null)).id();
    await().until(() -> brokers.get(broker).liveStatus().equals("connected"));
    signal =
        api.create(
            "/signals",
            """
            {"name": "ask", "brokerId": %d, "topic": "ask/{{device}}", "payload": "{{question}}", "qos": 1,
             "properties": {"responseTopic": "elsewhere", "userProperties": [{"name": "a", "value": "1"}]}}
            """
                .formatted(broker));
  }

  @AfterEach
  void noBroker() {
    brokers.delete(broker, true);
    assertThat(pending.size()).isZero();
  }

  @Test
  void given_a_responder_when_asked_then_the_answer_is_what_came_back() throws Exception {
    try (Responder responder = Responder.on(local.uri(), "ask/+", Responder::echo)) {
      JsonNode answer = ask("7", "how warm?", 10).expect(200).json();

      JsonNode response = answer.get("response");
      assertThat(response.get("payload").asText()).isEqualTo("answer to how warm?");
      assertThat(response.get("contentType").asText()).isEqualTo("text/plain");
      assertThat(answer.get("send").get("status").asText()).isEqualTo("delivered");
      Received request = responder.requests().get(0);
      assertThat(request.topic()).isEqualTo("ask/7");
      assertThat(request.properties().getResponseTopic())
          .isEqualTo(response.get("topic").asText())
          .startsWith("mqtt-integration/responses/");
      assertThat(request.properties().getMessageExpiryInterval()).isBetween(1L, 10L);
      assertThat(request.properties().getUserProperties()).hasSize(1);
      JsonNode entry = api.get("/history/" + response.get("historyId").asLong()).expect(200).json();
      assertThat(entry.get("payload").asText()).isEqualTo("answer to how warm?");
      assertThat(entry.get("direction").asText()).isEqualTo("receive");
      assertThat(entry.get("topic")).isEqualTo(response.get("topic"));
    }
  }

  @Test
  void given_an_asker_who_may_not_read_payloads_when_answered_then_the_response_has_none()
      throws Exception {
    RestApi blind = api.account("blind-asker", "operator", false);
    try (Responder responder = Responder.on(local.uri(), "ask/+", Responder::echo)) {
      Answer answer =
          blind
              .post(
                  "/signals/%d/request".formatted(signal),
                  Map.of("values", Map.of("device", "8", "question", "how warm?")))
              .expect(200);

      assertThat(responder.requests()).hasSize(1);
      assertThat(answer.json().at("/response/payload").isNull()).isTrue();
      assertThat(answer.json().at("/response/payloadWithheld").asBoolean()).isTrue();
      assertThat(answer.json().at("/send/status").asText()).isEqualTo("delivered");
      assertThat(answer.text()).doesNotContain("warm");
    }
  }

  @Test
  void given_many_at_once_when_asked_then_each_has_its_own_answer() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(MANY);
    try (Responder responder = Responder.on(local.uri(), "ask/+", Responder::echo)) {
      List<CompletableFuture<Answer>> answers =
          IntStream.range(0, MANY)
              .mapToObj(
                  i -> CompletableFuture.supplyAsync(() -> ask("d" + i, "q" + i, 60), callers))
              .toList();
      for (int i = 0; i < MANY; i++) {
        assertThat(answers.get(i).join().expect(200).json().at("/response/payload").asText())
            .isEqualTo("answer to q" + i);
      }
      // QoS 1: where the broker is slow to acknowledge one, it comes again
      assertThat(responder.requests().stream().map(MqttTestClient.Received::text).distinct())
          .hasSize(MANY);
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void given_callers_that_wait_when_something_else_is_asked_then_it_is_answered() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(100);
    try (Responder responder = Responder.on(local.uri(), "ask/+", (client, request) -> {})) {
      for (int i = 0; i < 100; i++) {
        callers.execute(() -> ask("silent", "q", 5));
      }
      await().until(() -> pending.size() == 100);

      api.get("/brokers/" + broker).expect(200);

      assertThat(pending.size()).isEqualTo(100);
      await().until(() -> pending.size() == 0);
      assertThat(responder.requests()).hasSize(100);
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void given_a_broker_that_says_nobody_is_there_when_asked_then_that_is_answered_at_once()
      throws Exception {
    try (AnsweringBroker answering = new AnsweringBroker(2)) {
      answering.answer(0x10);
      long other =
          brokers.create(BrokerRequest.of("other", null, "127.0.0.1", answering.port(), null)).id();
      long toIt = api.create("/signals", signal(other, "nobody"));

      Answer answer = api.post("/signals/" + toIt + "/request?timeout=50");

      answer.expectProblem(504, "no-response");
      assertThat(answer.json().get("detail").asText()).contains("Nobody is subscribed");
      brokers.delete(other, true);
    }
  }

  @Test
  void given_a_responder_that_is_late_when_asked_then_the_response_is_in_the_history_only()
      throws Exception {
    try (Responder responder = Responder.on(local.uri(), "ask/+", (client, request) -> {})) {
      ask("late", "q", 1).expectProblem(504, "no-response");

      Received request = responder.requests().get(0);
      try (Responder late =
          Responder.on(local.uri(), "late", (client, any) -> Responder.echo(client, request))) {
        api.post("/sends", "{\"brokerId\":%d,\"topic\":\"late\"}".formatted(broker)).expect(202);
        String topic = request.properties().getResponseTopic();
        await().until(() -> received(topic) == 1);
        assertThat(late.requests()).hasSize(1);
      }
    }
  }

  @Test
  void given_other_correlation_data_when_it_comes_then_it_is_no_answer() throws Exception {
    Responder.Behaviour two =
        (client, request) -> {
          Responder.reply(client, request, new byte[] {1});
          Responder.reply(client, request, null);
        };
    try (Responder responder = Responder.on(local.uri(), "ask/+", two)) {
      JsonNode answer = ask("old", "q", 10).expect(200).json();

      String topic = answer.at("/response/topic").asText();
      await().until(() -> received(topic) == 2);
      assertThat(
              api.get("/history/" + answer.at("/response/historyId").asLong())
                  .json()
                  .get("correlationData")
                  .isNull())
          .isTrue();
      assertThat(responder.requests()).hasSize(1);
    }
  }

  @Test
  void given_a_request_that_cannot_be_when_asked_then_nothing_is_sent() {
    api.post("/signals/" + signal + "/request").expectProblem(422, "template-not-filled");
    api.post("/signals/" + signal + "/request?timeout=0").expectProblem(400, "invalid-request");
    api.post("/signals/" + signal + "/request?timeout=61").expectProblem(400, "invalid-request");
    api.post("/signals/999999/request").expectProblem(404, "not-found");
    assertThat(api.get("/sends?signalId=" + signal).json().get("items")).isEmpty();
  }

  @Test
  void given_a_broker_that_is_away_when_asked_then_it_is_said_and_nothing_is_sent_later() {
    long away = brokers.create(BrokerRequest.of("away", null, "127.0.0.1", 1, null)).id();
    long toIt = api.create("/signals", signal(away, "away"));

    api.post("/signals/" + toIt + "/request?timeout=1").expectProblem(504, "no-response");

    assertThat(api.get("/sends?signalId=" + toIt).json().get("items")).isEmpty();
    brokers.delete(away, true);
  }

  private static String signal(long broker, String topic) {
    return "{\"name\":\"s\",\"brokerId\":%d,\"topic\":\"%s\",\"qos\":1}".formatted(broker, topic);
  }

  private Answer ask(String device, String question, int timeout) {
    return api.post(
        "/signals/%d/request?timeout=%d".formatted(signal, timeout),
        "{\"values\":{\"device\":\"%s\",\"question\":\"%s\"}}".formatted(device, question));
  }

  private int received(String topic) {
    return api.get("/history?direction=receive&topic=" + topic)
        .expect(200)
        .json()
        .get("items")
        .size();
  }
}
