package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.mqtt.UserProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What {@code direct:recordReceived} promises. */
@HistorySlice
class RecordingIT {

  @Autowired private CamelContext camel;
  @Autowired private HistoryQueries queries;

  private final JdbcClient database = JdbcClient.create(HistorySlice.Database.direct());
  private Recorder recorder;

  @BeforeEach
  void emptyHistory() {
    database.sql("truncate history").update();
    recorder = new Recorder(camel);
  }

  @AfterEach
  void noPoison() {
    database.sql("drop trigger if exists poison on history").update();
  }

  @Test
  void given_many_messages_when_received_then_each_has_a_row_and_ids_follow_arrival() {
    for (int i = 0; i < 3_500; i++) {
      recorder.receive(Received.message("plant/a", i));
    }
    recorder.awaitAll();

    assertThat(recorder.completed()).isEqualTo(recorder.sent());
    assertThat(recorder.completed()).noneMatch(Exchange::isFailed);
    List<String> inOrderOfIds =
        database
            .sql("select convert_from(payload, 'UTF8') from history order by id")
            .query(String.class)
            .list();
    assertThat(inOrderOfIds).hasSize(3_500);
    assertThat(inOrderOfIds.stream().map(Integer::valueOf)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void given_messages_when_an_exchange_completes_then_its_row_is_already_committed() {
    List<Integer> rowsAtCompletion = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 50; i++) {
      String topic = "plant/" + i;
      recorder.receive(
          Received.message(topic, i),
          Map.of("brokerId", 7L),
          exchange -> rowsAtCompletion.add(rows(topic)));
    }
    recorder.awaitAll();

    assertThat(rowsAtCompletion).hasSize(50).containsOnly(1);
  }

  @Test
  void given_messages_that_wait_when_written_then_they_share_transactions() {
    for (int i = 0; i < 2_000; i++) {
      recorder.receive(Received.message("plant/a", i));
    }
    recorder.awaitAll();

    int transactions =
        database
            .sql("select count(distinct xmin::text) from history")
            .query(Integer.class)
            .single();
    assertThat(transactions).isLessThan(100);
  }

  static List<byte[]> payloads() {
    byte[] megabyte = new byte[1 << 20];
    new Random(5).nextBytes(megabyte);
    return List.of(
        new byte[0],
        new byte[] {0},
        new byte[] {'a', 0, 'b'},
        new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc3},
        "${exception} ${bean:x}".getBytes(),
        megabyte);
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void given_any_bytes_when_received_then_they_are_stored_byte_for_byte(byte[] payload) {
    recorder.receive(Received.message("plant/a", payload, 0));
    recorder.awaitAll();

    List<byte[]> stored = database.sql("select payload from history").query(byte[].class).list();
    assertThat(stored).hasSize(1);
    assertThat(Arrays.equals(stored.get(0), payload)).isTrue();
  }

  @Test
  void given_a_topic_that_looks_like_an_expression_when_received_then_it_is_stored_as_it_is() {
    recorder.receive(Received.message("plant/${sysenv.HOME}/${body}", 1));
    recorder.awaitAll();

    assertThat(only().topic()).isEqualTo("plant/${sysenv.HOME}/${body}");
  }

  @Test
  void given_all_properties_when_received_then_all_are_stored() {
    MessageProperties properties =
        new MessageProperties(
            "text/plain",
            1,
            4_294_967_295L,
            "answers/here",
            new byte[] {0, (byte) 0xff},
            List.of(
                new UserProperty("b", "1"),
                new UserProperty("a", "2"),
                new UserProperty("b", "1"),
                new UserProperty("", "")));
    recorder.receive(Received.with("plant/a", properties));
    recorder.awaitAll();

    HistoryItem item = only();
    assertThat(item)
        .returns(7L, HistoryItem::brokerId)
        .returns(70L, HistoryItem::subscriptionId)
        .returns(null, HistoryItem::signalId)
        .returns(1, HistoryItem::qos)
        .returns(true, HistoryItem::retain)
        .returns(true, HistoryItem::duplicate)
        .returns(Direction.RECEIVE, HistoryItem::direction)
        .returns(Received.NOW, HistoryItem::timestamp)
        .returns("receive plant/a 2026-11-22T12:00:00.123456Z", HistoryItem::displayName)
        .returns("text/plain", HistoryItem::contentType)
        .returns(1, HistoryItem::payloadFormatIndicator)
        .returns(4_294_967_295L, HistoryItem::messageExpiryInterval)
        .returns("answers/here", HistoryItem::responseTopic)
        .returns("AP8=", HistoryItem::correlationData)
        .returns(268_435_455, HistoryItem::subscriptionIdentifier)
        .returns(properties.userProperties(), HistoryItem::userProperties);
  }

  @Test
  void given_text_that_postgresql_refuses_when_received_then_only_those_characters_change() {
    recorder.receive(
        Received.with(
            "a\0b", Received.userProperties(new UserProperty("n\0", "\ud800 and \ud83d\ude00"))));
    recorder.awaitAll();

    assertThat(only().topic()).isEqualTo("a\ufffdb");
    assertThat(only().userProperties())
        .containsExactly(new UserProperty("n\ufffd", "\ufffd and \ud83d\ude00"));
  }

  @Test
  void given_the_longest_topic_when_received_then_it_is_stored() {
    String topic = "ü".repeat(32_767);
    recorder.receive(Received.message(topic, 1));
    recorder.awaitAll();

    assertThat(only().topic()).isEqualTo(topic);
  }

  @Test
  void given_rows_that_the_database_refuses_when_received_then_only_their_exchanges_fail() {
    database
        .sql(
            """
            create or replace function poison() returns trigger language plpgsql as $$
            begin
              raise exception 'poison' using errcode = '22000';
            end $$
            """)
        .update();
    database
        .sql(
            """
            create trigger poison before insert on history
            for each row when (new.topic = 'poison') execute function poison()
            """)
        .update();
    for (int i = 0; i < 700; i++) {
      recorder.receive(Received.message(i == 3 || i == 350 ? "poison" : "plant/a", i));
    }
    recorder.awaitAll();

    assertThat(recorder.completed()).isEqualTo(recorder.sent());
    assertThat(recorder.sent())
        .filteredOn(Exchange::isFailed)
        .containsExactly(recorder.sent().get(3), recorder.sent().get(350));
    assertThat(rows("plant/a")).isEqualTo(698);
  }

  @Test
  void given_an_exchange_without_its_broker_when_recording_then_it_fails_at_once() {
    Exchange exchange = recorder.receive(Received.message("plant/a", 1), Map.of(), completed -> {});
    recorder.awaitAll();

    assertThat(exchange.isFailed()).isTrue();
    assertThat(rows("plant/a")).isZero();
  }

  private int rows(String topic) {
    return database
        .sql("select count(*) from history where topic = :topic")
        .param("topic", topic)
        .query(Integer.class)
        .single();
  }

  private HistoryItem only() {
    return queries.get(database.sql("select id from history").query(Long.class).single());
  }
}
