package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.jpa.JpaComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.resource.PayloadEncoding;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What {@code direct:recordSent} promises. */
@HistorySlice
class RecordSentIT {

  @Autowired private ProducerTemplate producer;
  @Autowired private CamelContext camel;
  @Autowired private EntityManagerFactory entities;
  @Autowired private HistoryQueries queries;
  @Autowired private JdbcClient callersDatabase;
  @Autowired private PlatformTransactionManager transactions;

  private final JdbcClient database = JdbcClient.create(HistorySlice.Database.direct());

  @BeforeEach
  void emptyHistory() {
    database.sql("truncate history").update();
  }

  @Test
  void given_a_transaction_that_commits_when_recorded_then_the_row_is_there_after_it_only() {
    Long id =
        transaction()
            .execute(
                status -> {
                  Long recorded = record();
                  assertThat(rows(callersDatabase)).as("inside").isEqualTo(1);
                  assertThat(rows(database)).as("outside").isZero();
                  return recorded;
                });

    assertThat(queries.get(id))
        .returns(id, HistoryItem::id)
        .returns(7L, HistoryItem::brokerId)
        .returns(9L, HistoryItem::signalId)
        .returns(null, HistoryItem::subscriptionId)
        .returns(Direction.SEND, HistoryItem::direction)
        .returns("${body}", HistoryItem::topic)
        .returns("AA==", HistoryItem::payload)
        .returns(PayloadEncoding.BASE64, HistoryItem::payloadEncoding)
        .returns(Received.NOW, HistoryItem::timestamp)
        .returns(List.of(new UserProperty("a", "b")), HistoryItem::userProperties);
  }

  @Test
  void given_a_transaction_that_rolls_back_when_recorded_then_there_is_no_row() {
    transaction()
        .executeWithoutResult(
            status -> {
              record();
              status.setRollbackOnly();
            });

    assertThat(rows(database)).isZero();
  }

  @Test
  void given_no_transaction_when_recorded_then_the_row_is_there_at_once() {
    record();

    assertThat(rows(database)).isEqualTo(1);
  }

  @Test
  void given_another_body_when_recorded_then_it_fails_without_a_row() {
    assertThatThrownBy(() -> producer.sendBody("direct:recordSent", 1))
        .isInstanceOf(CamelExecutionException.class);

    assertThat(rows(database)).isZero();
  }

  @Test
  void given_camel_jpa_when_started_then_it_uses_the_applications_entity_manager_factory() {
    assertThat(camel.getComponent("jpa", JpaComponent.class).getEntityManagerFactory())
        .isSameAs(entities);
  }

  private TransactionTemplate transaction() {
    return new TransactionTemplate(transactions);
  }

  private Long record() {
    Exchange sent =
        producer.request(
            "direct:recordSent",
            exchange ->
                exchange
                    .getIn()
                    .setBody(
                        new SentMessage(
                            7,
                            9L,
                            "${body}",
                            new byte[1],
                            1,
                            false,
                            Received.userProperties(new UserProperty("a", "b")),
                            Received.NOW.plusNanos(999))));
    assertThat(sent.getException()).isNull();
    return sent.getMessage().getHeader("mqttHistoryId", Long.class);
  }

  private static int rows(JdbcClient client) {
    return client.sql("select count(*) from history").query(Integer.class).single();
  }
}
