package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.problem.ProblemException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests as REST hands them to the routes, and messages to ask for. */
abstract class HistoryRequests {

  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @Autowired protected CamelContext camel;
  @Autowired protected ProducerTemplate producer;
  @Autowired protected ObjectMapper json;
  @Autowired protected SentRecorder sentRecorder;

  protected final JdbcClient database = JdbcClient.create(HistorySlice.Database.direct());
  protected Recorder recorder;

  @BeforeEach
  void emptyHistory() {
    database.sql("truncate history").update();
    recorder = new Recorder(camel);
  }

  protected void received(String topic, Instant time, String payload) {
    recorder.receive(Received.at(time, topic, payload.getBytes(StandardCharsets.UTF_8), 1));
    recorder.awaitAll();
  }

  protected void sent(String topic, Instant time, byte[] payload, long signalId) {
    sentRecorder
        .record(
            new SentMessage(8, signalId, topic, payload, 0, false, MessageProperties.NONE, time),
            (jdbc, historyId) -> {})
        .join();
  }

  protected JsonNode list(Map<String, Object> parameters) throws Exception {
    return answer("direct:listHistory", parameters);
  }

  protected JsonNode answer(String operation, Map<String, Object> parameters) throws Exception {
    Exchange answer = request(operation, parameters);
    assertThat(answer.getException()).isNull();
    return json.readTree(answer.getMessage().getBody(byte[].class));
  }

  protected Exchange request(String operation, Map<String, Object> parameters) {
    return producer.request(
        operation, exchange -> exchange.getIn().getHeaders().putAll(parameters));
  }

  protected ProblemException problem(String operation, Map<String, Object> parameters) {
    Exception exception = request(operation, parameters).getException();
    assertThat(exception).isInstanceOf(ProblemException.class);
    return (ProblemException) exception;
  }
}
