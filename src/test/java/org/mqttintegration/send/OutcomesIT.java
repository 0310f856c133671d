package org.mqttintegration.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.broker.BrokerRequest;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.mqtt.AnsweringBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a caller reads of a send, whatever the broker does with it. */
@IntegrationTest
class OutcomesIT {

  @Autowired RestApi api;
  @Autowired BrokerService brokers;

  @Autowired SendStore store;
  @Autowired JdbcClient database;

  private AnsweringBroker answering;
  private long broker;

  @BeforeEach
  void aConnectedBroker() throws IOException {
    connect(2);
  }

  private void connect(int maximumQos) throws IOException {
    answering = new AnsweringBroker(maximumQos);
    broker =
        brokers
            .create(BrokerRequest.of("outcomes", null, "127.0.0.1", answering.port(), null))
            .id();
    await().until(() -> brokers.get(broker).liveStatus().equals("connected"));
  }

  @AfterEach
  void noBroker() throws IOException {
    brokers.delete(broker, true);
    answering.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0x00, delivered, Success",
    "0x10, delivered, No matching subscribers",
    "0x80, refused, Unspecified error",
    "0x87, refused, Not authorized",
    "0x90, refused, Topic Name invalid",
    "0x99, refused, Payload format invalid"
  })
  void given_an_answer_of_the_broker_when_sent_then_it_is_the_outcome(
      String code, String status, String reason) {
    answering.answer(Integer.decode(code));

    JsonNode send = sendAndWait("a", 1);

    assertThat(send.path("status").asText()).isEqualTo(status);
    assertThat(send.path("reasonCode").asInt()).isEqualTo(Integer.decode(code));
    assertThat(send.path("reason").asText()).isEqualTo(reason);
    assertThat(send.path("attempts").asInt()).isOne();
    assertThat(send.path("historyId").isNull()).isEqualTo(status.equals("refused"));
    assertThat(api.get("/sends/" + send.path("id").asLong()).expect(200).json()).isEqualTo(send);
  }

  @Test
  void given_a_quota_that_is_used_up_for_a_while_when_sent_then_it_is_delivered_later() {
    answering.answer(0x97, 0x97, 0);

    JsonNode send = sendAndWait("a", 1);

    assertThat(send.path("status").asText()).isEqualTo("delivered");
    assertThat(send.path("attempts").asInt()).isEqualTo(3);
  }

  @Test
  void
      given_attempts_that_failed_when_its_way_is_asked_then_each_is_told_for_as_long_as_the_send_is_kept() {
    answering.answer(0x97, 0x97, 0);
    JsonNode send = sendAndWait("a", 1);
    long id = send.path("id").asLong();
    String journey = "/history/" + send.path("historyId").asLong() + "/journey";

    JsonNode steps = api.get(journey).expect(200).json().path("steps");
    assertThat(steps.findValuesAsText("what"))
        .containsExactly("accepted", "attempt", "attempt", "published", "answered", "committed");
    assertThat(steps.findValuesAsText("reasonCode")).containsSubsequence("151", "151", "0");
    assertThat(steps.findValuesAsText("attempt")).containsSubsequence("1", "2", "3");

    database
        .sql("update send set finished_at = '2001-02-03T00:00:00Z' where id = ?")
        .param(id)
        .update();
    assertThat(store.deleteFinished(Instant.parse("2002-01-01T00:00:00Z"), 10)).isOne();
    assertThat(
            database
                .sql("select count(*) from send_attempt where send_id = ?")
                .param(id)
                .query(Long.class)
                .single())
        .isZero();
    assertThat(api.get(journey).expect(200).json().path("steps").findValuesAsText("what"))
        .containsExactly("published", "committed");
  }

  @Test
  void given_a_quota_that_is_used_up_for_good_when_sent_then_it_has_failed_with_that_reason() {
    answering.answer(0x97);

    JsonNode send = sendAndWait("a", 1);

    assertThat(send.path("status").asText()).isEqualTo("failed");
    assertThat(send.path("reasonCode").asInt()).isEqualTo(0x97);
    assertThat(send.path("attempts").asInt()).isEqualTo(3);
    assertThat(send.path("historyId").isNull()).isTrue();
  }

  @Test
  void given_no_answer_when_sent_then_it_is_sent_again_until_it_has_failed() {
    answering.answer(AnsweringBroker.NOTHING);

    long id = accept("a", 1);

    await().until(() -> status(id).equals("sending"));
    await().atMost(Duration.ofSeconds(40)).until(() -> status(id).equals("failed"));
    JsonNode send = api.get("/sends/" + id).json();
    assertThat(send.path("reason").asText()).contains("no answer in time");
    assertThat(send.path("reasonCode").isNull()).isTrue();
    assertThat(answering.published()).hasSize(3);
  }

  @Test
  void given_a_broker_that_closes_the_connection_when_sent_then_it_is_sent_on_the_next_one() {
    answering.answer(AnsweringBroker.CUT, 0);

    JsonNode send = sendAndWait("a", 1);

    assertThat(send.path("status").asText()).isEqualTo("delivered");
    assertThat(send.path("attempts").asInt()).isEqualTo(2);
  }

  @Test
  void
      given_one_topic_that_is_held_up_when_others_are_sent_to_then_they_go_and_it_keeps_its_order() {
    answering.answer(0x97, 0);
    long first = accept("slow", 1);
    await().until(() -> answering.published().size() == 1);
    long second = accept("slow", 2);

    assertThat(sendAndWait("fast", 3).path("status").asText()).isEqualTo("delivered");
    await().until(() -> status(first).equals("delivered") && status(second).equals("delivered"));

    assertThat(answering.published().stream().filter(p -> p.startsWith("slow")))
        .containsExactly("slow 1", "slow 1", "slow 2");
  }

  @Test
  void given_qos_0_when_sent_then_it_was_handed_over_without_a_reason_code() {
    JsonNode send =
        api.sendAndWait("/sends", Map.of("brokerId", broker, "topic", "a", "payload", "0"))
            .expect(200)
            .json();

    assertThat(send.path("status").asText()).isEqualTo("handedOver");
    assertThat(send.path("reasonCode").isNull()).isTrue();
    assertThat(send.path("historyId").isNull()).isFalse();
  }

  @Test
  void given_what_the_broker_cannot_do_when_sent_then_it_is_refused_at_once() throws IOException {
    noBroker();
    connect(1);

    JsonNode problem =
        api.post("/sends", Map.of("brokerId", broker, "topic", "a", "qos", 2))
            .expectProblem(502, "broker-refused")
            .json();

    assertThat(problem.path("detail").asText()).contains("at most QoS 1");
    assertThat(api.get("/sends?brokerId=" + broker).expect(200).json().path("items")).isEmpty();
  }

  @Test
  void given_sends_when_listed_then_filters_count_and_pages_follow() {
    answering.answer(0x87, 0);
    List<Long> ids = List.of(sent("a"), sent("b"), sent("c"));

    assertThat(listed("")).containsExactly(ids.get(2), ids.get(1), ids.get(0));
    assertThat(listed("&status=refused")).containsExactly(ids.get(0));
    assertThat(listed("&status=queued")).isEmpty();
    assertThat(listed("&status=sending")).isEmpty();
    assertThat(listed("&signalId=1")).isEmpty();
    JsonNode page = api.get("/sends?limit=2&brokerId=" + broker).expect(200).json();
    assertThat(page.path("items")).hasSize(2);
    assertThat(listed("&limit=2&cursor=" + page.path("nextCursor").asText()))
        .containsExactly(ids.get(0));
    api.get("/sends?status=sent").expectProblem(400, "invalid-request");
    api.get("/sends?cursor=x").expectProblem(400, "invalid-request");
    api.get("/sends/999999999").expectProblem(404, "not-found");
  }

  private long sent(String topic) {
    return sendAndWait(topic, 1).path("id").asLong();
  }

  private List<Long> listed(String query) {
    return api
        .get("/sends?brokerId=" + broker + query)
        .expect(200)
        .json()
        .path("items")
        .findValuesAsText("id")
        .stream()
        .map(Long::valueOf)
        .toList();
  }

  private String status(long id) {
    return api.get("/sends/" + id).expect(200).json().path("status").asText();
  }

  private long accept(String topic, int payload) {
    RestApi.Answer answer = api.post("/sends", message(topic, payload)).expect(202);
    long id = answer.json().path("id").asLong();
    assertThat(answer.header("Location")).isEqualTo("/api/v1/sends/" + id);
    return id;
  }

  private JsonNode sendAndWait(String topic, int payload) {
    RestApi.Answer answer = api.sendAndWait("/sends", message(topic, payload)).expect(200);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=10");
    return answer.json();
  }

  private Map<String, Object> message(String topic, int payload) {
    return Map.of("brokerId", broker, "topic", topic, "payload", "" + payload, "qos", 1);
  }
}
