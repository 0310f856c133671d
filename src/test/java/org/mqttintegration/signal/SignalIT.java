package org.mqttintegration.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.BrokerRequest;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.Operations;
import org.mqttintegration.resource.Operations.Answer;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class SignalIT {

  private Operations operations;
  @Autowired BrokerService brokers;
  @Autowired SignalService signals;
  @Autowired LocalBroker local;
  @Autowired ObjectMapper json;
  @Autowired JdbcClient sql;

  private long broker;

  @Autowired
  void operations(ProducerTemplate producer, ObjectMapper mapper) {
    operations = new Operations(producer, mapper);
  }

  @BeforeEach
  void aConnectedBroker() {
    broker = broker("signals", local.port());
    await().until(() -> brokers.get(broker).liveStatus().equals("connected"));
  }

  @AfterEach
  void noBroker() {
    brokers.delete(broker, true);
  }

  @Test
  void given_a_signal_when_sent_then_the_broker_has_it_and_history_and_time_are_stored()
      throws Exception {
    String topic = "signal/${body}/{{x}}";
    long id = create("sent", topic, "\"payload\":\"${exchangeId} ü\",\"qos\":1,\"retain\":true");
    try (MqttTestClient client = MqttTestClient.connect(local.uri())) {
      client.subscribe(topic, 1);
      JsonNode result = send(id).body();
      assertThat(client.await(1))
          .singleElement()
          .satisfies(message -> assertThat(message.text()).isEqualTo("${exchangeId} ü"));
      assertThat(result.get("outcome").asText()).isEqualTo("delivered");
      assertThat(result.get("signalId").asLong()).isEqualTo(id);
      Signal signal = signals.get(id);
      assertThat(signal.sendAt()).isEqualTo(result.get("sentAt").asText());
      JsonNode history =
          operations.call("listSignalHistory", Map.of("id", "" + id), null).body().get("items");
      assertThat(history).hasSize(1);
      assertThat(history.get(0).get("id")).isEqualTo(result.get("historyId"));
      assertThat(history.get(0).get("timestamp")).isEqualTo(result.get("sentAt"));
      assertThat(history.get(0).get("topic").asText()).isEqualTo(topic);
    }
    operations.call(
        "replaceSignal",
        Map.of("id", "" + id),
        request("cleared", topic, "\"qos\":0,\"retain\":true"));
    assertThat(send(id).body().get("outcome").asText()).isEqualTo("handedOver");
  }

  @Test
  void given_the_broker_is_away_when_sent_then_nothing_is_stored() {
    long away = broker("signals-away", 1);
    Answer created =
        operations.call(
            "createSignal",
            Map.of(),
            "{\"name\":\"s\",\"brokerId\":%d,\"topic\":\"a\",\"qos\":1}".formatted(away));
    long id = created.body().get("id").asLong();
    assertThatThrownBy(() -> send(id))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.BROKER_UNAVAILABLE));
    assertThat(signals.get(id).sendAt()).isNull();
    assertThat(recorded(id)).isZero();
    brokers.delete(away, true);
  }

  @Test
  void given_the_time_cannot_be_stored_when_sent_then_neither_is_the_history() {
    long id = create("torn", "torn/a", "\"qos\":1");
    sql.sql(
            "create function refuse_send_at() returns trigger language plpgsql as"
                + " $$begin raise exception 'refused'; end$$")
        .update();
    sql.sql(
            "create trigger refuse_send_at before update on signal for each row"
                + " execute function refuse_send_at()")
        .update();
    try {
      assertThatThrownBy(() -> send(id)).hasStackTraceContaining("refused");
    } finally {
      sql.sql("drop function refuse_send_at cascade").update();
    }
    assertThat(recorded(id)).isZero();
    send(id);
    assertThat(recorded(id)).isOne();
  }

  @Test
  void given_no_topic_when_stored_then_it_is_the_subscriptions() {
    long subscription =
        operations
            .call(
                "createSubscription",
                Map.of(),
                "{\"brokerId\":%d,\"topic\":\"inherited/a\"}".formatted(broker))
            .body()
            .get("id")
            .asLong();
    Answer answer =
        operations.call(
            "createSignal",
            Map.of(),
            "{\"name\":\"s\",\"brokerId\":%d,\"subscriptionId\":%d}"
                .formatted(broker, subscription));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.location()).isEqualTo("/api/v1/signals/" + answer.body().get("id"));
    assertThat(answer.body().get("topic").asText()).isEqualTo("inherited/a");
    assertThat(answer.body().get("displayName").asText()).isEqualTo("s → inherited/a");
    operations.call("deleteSubscription", Map.of("id", "" + subscription), null);
    Signal left = signals.get(answer.body().get("id").asLong());
    assertThat(left.subscriptionId()).isNull();
    assertThat(left.topic()).isEqualTo("inherited/a");
  }

  @Test
  void given_a_binary_payload_when_patched_then_it_stays_byte_for_byte() throws Exception {
    long id = create("binary", "a", "\"payload\":\"AP+A\",\"payloadEncoding\":\"base64\"");
    Signal patched = signals.patch(id, json.readTree("{\"name\":\"renamed\",\"qos\":2}"));
    assertThat(patched.payload()).isEqualTo("AP+A");
    assertThat(patched.payloadEncoding()).isEqualTo(PayloadEncoding.BASE64);
    assertThat(patched.qos()).isEqualTo(2);
    assertThat(signals.patch(id, json.readTree("{\"payload\":null,\"qos\":null}")).payload())
        .isEmpty();
    assertThat(signals.get(id).qos()).isZero();
  }

  @Test
  void given_a_request_that_cannot_be_when_stored_then_nothing_is() {
    assertThatThrownBy(
            () -> create("s", "a/+", "\"payloadFormat\":\"json\",\"payload\":\"{\",\"qos\":3"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem ->
                assertThat(problem.errors())
                    .extracting(FieldError::field)
                    .containsExactly("payload", "qos", "topic"));
    assertThat(names(Map.of("brokerId", "" + broker))).isEmpty();
  }

  @Test
  void given_signals_when_listed_then_filters_count() {
    create("list one", "a", "\"qos\":0");
    create("list two", "a", "\"qos\":0");
    assertThat(names(Map.of("brokerId", "" + broker, "name", "LIST", "sort", "-name")))
        .containsExactly("list two", "list one");
    assertThat(names(Map.of("brokerId", "" + broker, "subscriptionId", "1"))).isEmpty();
  }

  @Test
  void given_no_such_signal_when_asked_for_then_it_is_not_found() {
    for (String operation :
        List.of("getSignal", "sendSignal", "listSignalHistory", "deleteSignal")) {
      assertThatThrownBy(() -> operations.call(operation, Map.of("id", "999999"), null))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND));
    }
  }

  private Answer send(long id) {
    return operations.call("sendSignal", Map.of("id", "" + id), null);
  }

  private long create(String name, String topic, String more) {
    return operations
        .call("createSignal", Map.of(), request(name, topic, more))
        .body()
        .get("id")
        .asLong();
  }

  private String request(String name, String topic, String more) {
    return "{\"name\":\"%s\",\"brokerId\":%d,\"topic\":\"%s\",%s}"
        .formatted(name, broker, topic, more);
  }

  private List<String> names(Map<String, Object> parameters) {
    return operations
        .call("listSignals", parameters, null)
        .body()
        .get("items")
        .findValuesAsText("name");
  }

  private long recorded(long id) {
    return sql.sql("select count(*) from history where signal_id = :id")
        .param("id", id)
        .query(Long.class)
        .single();
  }

  private long broker(String name, int port) {
    return brokers
        .create(
            new BrokerRequest(name, null, local.host(), port, null, null, null, null, null, null))
        .id();
  }
}
