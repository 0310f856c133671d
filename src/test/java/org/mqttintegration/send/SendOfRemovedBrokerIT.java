package org.mqttintegration.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Sends that are accepted while their broker is removed. */
@IntegrationTest
class SendOfRemovedBrokerIT {

  @Autowired RestApi api;
  @Autowired LocalBroker local;
  @Autowired JdbcClient database;
  @Autowired Outbox outbox;
  @Autowired TransactionOperations transactions;

  private long broker;

  @BeforeEach
  void aBrokerThatIsAway() {
    broker = api.create("/brokers", Map.of("name", "removed", "host", local.host(), "port", 1));
  }

  @AfterEach
  void noSends() {
    database.sql("delete from send where broker_id = ?").param(broker).update();
    api.delete("/brokers/" + broker + "?cascade=true");
  }

  @Test
  void given_a_send_that_is_being_stored_when_its_broker_is_removed_then_it_is_cancelled() {
    CompletableFuture<Answer> removal =
        transactions.execute(
            status -> {
              outbox.accept(
                  Publish.to(broker, "removed", "x".getBytes(StandardCharsets.UTF_8)),
                  SendOrigin.UNKNOWN,
                  null);
              CompletableFuture<Answer> removing = begun(() -> api.delete(path("?cascade=true")));
              awaitDoneOrWaiting(removing);
              return removing;
            });

    removal.join().expect(204);
    assertThat(
            database
                .sql("select status from send where broker_id = ?")
                .param(broker)
                .query(String.class)
                .list())
        .containsExactly("cancelled");
  }

  @Test
  void given_a_broker_that_is_being_removed_when_something_is_sent_then_it_is_refused() {
    CompletableFuture<Answer> send =
        whileRemoved(() -> api.post("/sends", Map.of("brokerId", broker, "topic", "removed")));

    assertThat(send.join().expectProblem(400, "invalid-request").text()).contains("brokerId");
    assertThat(stored()).isZero();
  }

  @Test
  void given_a_broker_that_is_being_removed_when_a_batch_is_sent_then_its_lines_are_refused() {
    String line = "{\"brokerId\":%d,\"topic\":\"removed\"}\n".formatted(broker);
    CompletableFuture<Answer> batch =
        whileRemoved(
            () ->
                api.send(
                    "POST",
                    "/sends/batch",
                    line + line,
                    Map.of("Content-Type", "application/x-ndjson")));

    assertThat(batch.join().expect(202).text().lines())
        .hasSize(2)
        .allSatisfy(answer -> assertThat(answer).contains("There is no such broker."));
    assertThat(stored()).isZero();
  }

  private CompletableFuture<Answer> whileRemoved(Supplier<Answer> request) {
    return transactions.execute(
        status -> {
          database.sql("delete from broker where id = ?").param(broker).update();
          CompletableFuture<Answer> asked = begun(request);
          awaitDoneOrWaiting(asked);
          return asked;
        });
  }

  private static CompletableFuture<Answer> begun(Supplier<Answer> request) {
    return CompletableFuture.supplyAsync(request);
  }

  /** Until it is answered, or waits for what the transaction of this thread has locked. */
  private void awaitDoneOrWaiting(CompletableFuture<Answer> request) {
    int pid = database.sql("select pg_backend_pid()").query(Integer.class).single();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                request.isDone()
                    || database
                            .sql(
                                "select count(*) from pg_stat_activity"
                                    + " where wait_event_type = 'Lock'"
                                    + " and ? = any(pg_blocking_pids(pid))")
                            .param(pid)
                            .query(Integer.class)
                            .single()
                        > 0);
  }

  private String path(String parameters) {
    return "/brokers/" + broker + parameters;
  }

  private int stored() {
    return database
        .sql("select count(*) from send where broker_id = ?")
        .param(broker)
        .query(Integer.class)
        .single();
  }
}
