package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.history.HistorySlice.Database;
import org.mqttintegration.mqtt.ReceivedMessage.Delivery;
import org.mqttintegration.mqtt.UnreleasedPackets;
import org.mqttintegration.mqtt.UnreleasedPackets.Unreleased;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tells a QoS 2 message that is delivered again from another one. */
@HistorySlice
class UnreleasedPacketsIT {

  @Autowired private CamelContext camel;
  @Autowired private UnreleasedPackets unreleased;

  private final JdbcClient database = JdbcClient.create(Database.direct());
  private Recorder recorder;

  @BeforeEach
  void empty() {
    database.sql("truncate history, unreleased_packet").update();
    recorder = new Recorder(camel);
  }

  @AfterEach
  void mend() {
    Database.LINK.loseAnswersOfCommits(0);
    Database.LINK.mend();
  }

  @Test
  void given_messages_of_each_qos_when_recorded_then_those_of_qos_2_are_kept_until_released() {
    recorder.receive(Received.delivered("a", 0, new Delivery("1", 0, 70, 5)));
    recorder.receive(Received.delivered("a", 1, new Delivery("1", 8, 70, 5)));
    recorder.receive(Received.delivered("a", 2, new Delivery("1", 9, 70, 5)));
    recorder.receive(Received.delivered("a", 2, new Delivery("1", 9, 71, 5)));
    recorder.receive(Received.delivered("a", 2, new Delivery("1", 10, 0, 5)));
    recorder.receive(Received.delivered("a", 2, new Delivery("2", 9, 70, 5)));
    recorder.awaitAll();
    assertThat(unreleased.load("1")).isEqualTo(Map.of(9, kept(70, 71), 10, kept(0)));

    unreleased.release("1", 9).join();
    assertThat(unreleased.load("1")).isEqualTo(Map.of(10, kept(0)));
    unreleased.clear("1").join();
    assertThat(unreleased.load("1")).isEmpty();
    assertThat(unreleased.load("2")).isEqualTo(Map.of(9, kept(70)));
  }

  @Test
  void
      given_an_identifier_that_is_not_released_when_another_message_has_it_then_that_one_is_kept() {
    recorder.receive(Received.delivered("a", 2, new Delivery("1", 9, 70, 5)));
    recorder.receive(Received.delivered("a", 2, new Delivery("1", 9, 71, 5)));
    recorder.receive(Received.delivered("b", 2, new Delivery("1", 9, 70, 6))); // in one batch even
    recorder.awaitAll();
    unreleased.release("1", 9);
    recorder.receive(Received.delivered("c", 2, new Delivery("1", 9, 71, 7)));
    recorder.awaitAll();

    assertThat(unreleased.load("1")).isEqualTo(Map.of(9, new Unreleased(7, Set.of(71))));
    assertThat(database.sql("select count(*) from history").query(Long.class).single())
        .isEqualTo(4);
  }

  @Test
  void given_commits_whose_answer_is_lost_when_tried_again_then_all_is_done_once() {
    Database.LINK.loseAnswersOfCommits(2);
    for (int i = 1; i <= 200; i++) {
      recorder.receive(Received.delivered("a", 2, new Delivery("1", i, 70, 5)));
    }
    CompletableFuture<Void> release = unreleased.release("1", 200);
    recorder.awaitAll();
    release.join();

    assertThat(database.sql("select count(*) from history").query(Long.class).single())
        .isEqualTo(200);
    assertThat(unreleased.load("1")).hasSize(199).doesNotContainKey(200);
  }

  @Test
  void given_the_database_is_away_when_a_packet_is_released_then_that_waits() {
    recorder.receive(Received.delivered("a", 2, new Delivery("1", 9, 70, 5)));
    recorder.awaitAll();
    Database.LINK.cut();
    CompletableFuture<Void> release = unreleased.release("1", 9);
    recorder.receive(Received.delivered("b", 2, new Delivery("1", 10, 70, 5)));
    await()
        .during(Duration.ofMillis(300))
        .until(() -> !release.isDone() && recorder.completed().size() == 1);

    Database.LINK.mend();
    await().atMost(Duration.ofSeconds(30)).until(release::isDone);
    recorder.awaitAll();
    assertThat(unreleased.load("1")).isEqualTo(Map.of(10, kept(70)));
  }

  private static Unreleased kept(Integer... recipients) {
    return new Unreleased(5, Set.of(recipients));
  }
}
