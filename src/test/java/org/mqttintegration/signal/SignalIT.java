package org.mqttintegration.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.BrokerRequest;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.resource.PayloadEncoding;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class SignalIT {

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired SignalService signals;
  @Autowired LocalBroker local;
  @Autowired ObjectMapper json;

  private long broker;

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
    String topic = "signal/${body}/{{ x }}";
    long id = create("sent", topic, "\"payload\":\"${exchangeId} ü\",\"qos\":1,\"retain\":true");
    try (MqttTestClient client = MqttTestClient.connect(local.uri())) {
      client.subscribe("signal/#", 1);
      JsonNode result = send(id).json();
      assertThat(client.await(1))
          .singleElement()
          .satisfies(
              message -> {
                assertThat(message.topic()).isEqualTo(topic);
                assertThat(message.text()).isEqualTo("${exchangeId} ü");
              });
      assertThat(result.get("status").asText()).isEqualTo("delivered");
      assertThat(result.get("signalId").asLong()).isEqualTo(id);
      Signal signal = signals.get(id);
      assertThat(signal.sendAt()).isEqualTo(result.get("sentAt").asText());
      JsonNode history = api.get("/signals/" + id + "/history").expect(200).json().get("items");
      assertThat(history).hasSize(1);
      assertThat(history.get(0).get("id")).isEqualTo(result.get("historyId"));
      assertThat(history.get(0).get("timestamp")).isEqualTo(result.get("sentAt"));
      assertThat(history.get(0).get("topic").asText()).isEqualTo(topic);
    }
    api.put("/signals/" + id, request("cleared", topic, "\"qos\":0,\"retain\":true"));
    assertThat(send(id).json().get("status").asText()).isEqualTo("handedOver");
  }

  @Test
  void given_no_topic_when_stored_then_it_is_the_subscriptions() {
    long subscription =
        api.post("/subscriptions", "{\"brokerId\":%d,\"topic\":\"inherited/a\"}".formatted(broker))
            .json()
            .get("id")
            .asLong();
    Answer answer =
        api.post(
            "/signals",
            "{\"name\":\"s\",\"brokerId\":%d,\"subscriptionId\":%d}"
                .formatted(broker, subscription));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo("/api/v1/signals/" + answer.json().get("id"));
    assertThat(answer.json().get("topic").asText()).isEqualTo("inherited/a");
    assertThat(answer.json().get("displayName").asText()).isEqualTo("s → inherited/a");
    api.delete("/subscriptions/" + subscription).expect(204);
    Signal left = signals.get(answer.json().get("id").asLong());
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
  void given_properties_when_sent_then_the_broker_and_the_history_have_them() throws Exception {
    long id =
        create(
            "properties",
            "properties/a",
            """
            "payload": "{}", "qos": 1, "properties": {
              "contentType": "application/json", "payloadFormatIndicator": 1, "messageExpiryInterval": 3600,
              "responseTopic": "answers", "correlationData": "AP8=",
              "userProperties": [{"name": "a", "value": "1"}, {"name": "a", "value": "2"}]}
            """);
    try (MqttTestClient client = MqttTestClient.connect(local.uri())) {
      client.subscribe("properties/#", 1);
      long history = send(id).json().get("historyId").asLong();
      MqttProperties received = client.await(1).get(0).properties();
      assertThat(received.getContentType()).isEqualTo("application/json");
      assertThat(received.getPayloadFormat()).isTrue();
      assertThat(received.getMessageExpiryInterval()).isBetween(3590L, 3600L);
      assertThat(received.getResponseTopic()).isEqualTo("answers");
      assertThat(received.getCorrelationData()).containsExactly(0, 0xff);
      assertThat(received.getUserProperties())
          .extracting(property -> property.getKey() + property.getValue())
          .containsExactly("a1", "a2");
      JsonNode entry = api.get("/history/" + history).expect(200).json();
      assertThat(entry.get("correlationData").asText()).isEqualTo("AP8=");
      assertThat(entry.get("userProperties")).hasSize(2);
    }
    Signal patched =
        signals.patch(id, json.readTree("{\"properties\": {\"responseTopic\": null}}"));
    assertThat(patched.properties().responseTopic()).isNull();
    assertThat(patched.properties().contentType()).isEqualTo("application/json");
    assertThat(signals.patch(id, json.readTree("{\"properties\": null}")).properties()).isNull();
  }

  @Test
  void given_a_template_when_sent_then_the_values_of_the_request_fill_it() throws Exception {
    long id =
        create(
            "template",
            "template/{{room}}",
            "\"qos\":1,\"payloadFormat\":\"json\",\"payload\":\"{\\\"t\\\":{{t}},\\\"by\\\":{{by}}}\"");
    String path = "/signals/" + id + "/send";
    try (MqttTestClient client = MqttTestClient.connect(local.uri())) {
      client.subscribe("template/#", 1);
      Answer answer =
          api.sendAndWait(path, "{\"values\":{\"room\":\"7b\",\"t\":21.50,\"by\":\"\\\"me\\\"\"}}");
      assertThat(answer.json().get("status").asText()).isEqualTo("delivered");
      MqttTestClient.Received message = client.await(1).get(0);
      assertThat(message.topic()).isEqualTo("template/7b");
      assertThat(message.text()).isEqualTo("{\"t\":21.5,\"by\":\"\\\"me\\\"\"}");
    }
    assertThat(
            api.post(path, "{\"values\":{\"room\":\"a/b\",\"t\":1}}")
                .expectProblem(422, "template-not-filled")
                .json()
                .get("errors")
                .findValuesAsText("field"))
        .containsExactly("values.by", "values.room");
    api.post(path).expectProblem(422, "template-not-filled");
    api.post(path, "{\"values\":[]}").expectProblem(400, "invalid-request");
    api.post(path, "{\"value\":{}}").expectProblem(400, "invalid-request");
    assertThat(api.get("/sends?signalId=" + id).json().get("items")).hasSize(1);
  }

  @Test
  void given_a_key_when_a_template_is_sent_again_then_other_values_are_another_request() {
    long id = create("keyed", "keyed", "\"payload\":\"{{x}}\"");
    String path = "/signals/" + id + "/send";
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "Idempotency-Key", "keyed-" + id);
    Answer first = api.send("POST", path, "{\"values\":{\"x\":1}}", headers).expect(202);

    Answer again = api.send("POST", path, "{\"values\":{\"x\":1}}", headers).expect(202);

    assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
    api.send("POST", path, "{\"values\":{\"x\":2}}", headers)
        .expectProblem(422, "idempotency-key-reused");
  }

  @Test
  void given_a_request_that_cannot_be_when_stored_then_nothing_is() {
    Answer answer =
        api.post(
            "/signals",
            request("s", "a/+", "\"payloadFormat\":\"json\",\"payload\":\"{\",\"qos\":2"));
    assertThat(
            answer
                .expectProblem(400, "invalid-request")
                .json()
                .get("errors")
                .findValuesAsText("field"))
        .containsExactly("payload", "topic");
    assertThat(names("")).isEmpty();
  }

  @Test
  void given_signals_when_listed_then_filters_count() {
    create("list one", "a", "\"qos\":0");
    create("list two", "a", "\"qos\":0");
    assertThat(names("&name=LIST&sort=-name")).containsExactly("list two", "list one");
    assertThat(names("&subscriptionId=1")).isEmpty();
  }

  @Test
  void given_no_such_signal_when_asked_for_then_it_is_not_found() {
    api.get("/signals/999999").expectProblem(404, "not-found");
    api.post("/signals/999999/send").expectProblem(404, "not-found");
    api.get("/signals/999999/history").expectProblem(404, "not-found");
    api.delete("/signals/999999").expectProblem(404, "not-found");
  }

  private Answer send(long id) {
    return api.sendAndWait("/signals/" + id + "/send", null);
  }

  private long create(String name, String topic, String more) {
    return api.post("/signals", request(name, topic, more)).expect(201).json().get("id").asLong();
  }

  private String request(String name, String topic, String more) {
    return "{\"name\":\"%s\",\"brokerId\":%d,\"topic\":\"%s\",%s}"
        .formatted(name, broker, topic, more);
  }

  private List<String> names(String query) {
    return api.get("/signals?brokerId=" + broker + query)
        .expect(200)
        .json()
        .get("items")
        .findValuesAsText("name");
  }

  private long broker(String name, int port) {
    return brokers.create(BrokerRequest.of(name, null, local.host(), port, null)).id();
  }
}
