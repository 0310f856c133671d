package org.mqttintegration.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.broker.BrokerRequest;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class ScheduleIT {

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired JdbcClient database;
  @Autowired ObjectMapper json;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private long broker;
  private long signal;

  @BeforeEach
  void aSignal() {
    broker =
        brokers.create(BrokerRequest.of("schedules", null, local.host(), local.port(), null)).id();
    signal =
        api.create(
            "/signals",
            "{\"name\":\"Tick\",\"brokerId\":%d,\"topic\":\"schedule/tick\",\"qos\":1}"
                .formatted(broker));
  }

  @AfterEach
  void noJobIsLeft() {
    brokers.delete(broker, true);
    assertThat(jobs()).isZero();
    assertThat(database.sql("select count(*) from schedule").query(Long.class).single()).isZero();
  }

  @Test
  void given_one_at_a_time_when_it_comes_then_the_signal_is_sent_once_and_it_is_finished() {
    Instant at = now.plusSeconds(1);
    long id = create(schedule().put("at", at.toString()));
    assertThat(get(id).path("state").asText()).isEqualTo("active");
    assertThat(get(id).path("nextFirings")).hasSize(1);

    await().until(() -> get(id).path("state").asText().equals("finished"));
    await().untilAsserted(() -> assertThat(firings(id)).containsExactly(at));
    await().until(() -> history() == 1);
    assertThat(get(id).path("lastFiredAt").asText()).isEqualTo(at.toString());
    assertThat(get(id).path("nextFirings")).isEmpty();
    assertThat(get(id).path("lastError").isNull()).isTrue();
    assertThat(jobs()).isZero();
  }

  @Test
  void given_one_that_fires_for_the_last_time_when_it_is_asked_then_nothing_comes_after_it() {
    long id = create(schedule().put("at", now.plusSeconds(3600).toString()));
    database
        .sql(
            """
            update qrtz_triggers set next_fire_time = -1, trigger_state = 'COMPLETE'
            where trigger_name = ?
            """)
        .param(Long.toString(id))
        .update();

    assertThat(get(id).path("state").asText()).isEqualTo("finished");
    assertThat(get(id).path("nextFirings")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'every': 'PT1S'}",
        "{'cron': '* * * * * ?'}",
        "{'cron': '* * * * * ?', 'timeZone': 'Australia/Lord_Howe'}"
      })
  void given_every_second_when_it_runs_then_each_second_is_sent_once_in_order(String when)
      throws Exception {
    long id = create(with(when));

    await().until(() -> history() >= 3);
    List<Instant> firings = firings(id);
    for (int i = 1; i < firings.size(); i++) {
      assertThat(firings.get(i)).isEqualTo(firings.get(i - 1).plusSeconds(1));
    }
    api.delete("/schedules/" + id).expect(204);
    api.get("/schedules/" + id).expectProblem(404, "not-found");
    assertThat(jobs()).isZero();
  }

  @Test
  void given_an_interval_when_paused_and_resumed_then_nothing_of_the_pause_is_made_up() {
    Instant start = now.minusSeconds(2).plusMillis(137);
    long id =
        create(
            schedule()
                .put("every", "PT1S")
                .put("startAt", start.toString())
                .put("misfire", "fireAll"));
    await().until(() -> firings(id).size() >= 3);

    JsonNode paused = action(id, "pause");
    assertThat(paused.path("state").asText()).isEqualTo("paused");
    assertThat(paused.path("nextFirings")).isEmpty();
    assertThat(action(id, "pause")).isEqualTo(paused);
    assertThat(jobs()).isZero();
    // the pause is long enough for two
    Instant over = Instant.now().plusSeconds(2);
    await().until(() -> Instant.now().isAfter(over));
    int before = firings(id).size();
    Instant resumed = Instant.now();
    assertThat(action(id, "resume").path("state").asText()).isEqualTo("active");
    action(id, "resume");

    await().until(() -> firings(id).size() >= before + 2);
    List<Instant> firings = firings(id);
    assertThat(firings.get(before)).isAfterOrEqualTo(resumed.minusMillis(1));
    assertThat(firings)
        .as("its phase")
        .allSatisfy(at -> assertThat(Duration.between(start, at).toMillis() % 1_000).isZero());
    assertThat(firings.subList(0, 3))
        .containsExactly(start, start.plusSeconds(1), start.plusSeconds(2));
  }

  @Test
  void given_missed_firings_when_all_are_to_be_made_up_then_each_is_in_order() {
    Instant start = now.minusSeconds(3_600);
    long id = create(missed(start, "fireAll"));

    await().until(() -> get(id).path("state").asText().equals("finished"));
    await()
        .untilAsserted(
            () ->
                assertThat(firings(id))
                    .isEqualTo(
                        LongStream.range(0, 10).mapToObj(i -> start.plusSeconds(60 * i)).toList()));
  }

  @Test
  void given_missed_firings_when_one_is_to_be_made_up_then_it_is_that_of_the_first() {
    Instant start = now.minusSeconds(3_600);
    long id = create(missed(start, "fireOnce"));

    await().until(() -> get(id).path("state").asText().equals("finished"));
    await().untilAsserted(() -> assertThat(firings(id)).containsExactly(start));
  }

  @Test
  void given_missed_firings_when_one_is_made_up_then_an_interval_keeps_its_phase() {
    Instant start = now.minusSeconds(3_599); // the next in an instant
    long id = create(missed(start, "fireOnce").put("endAt", now.plusSeconds(600).toString()));

    await()
        .untilAsserted(
            () -> assertThat(firings(id)).containsExactly(start, start.plusSeconds(3_600)));
  }

  @Test
  void given_missed_firings_when_they_are_to_be_skipped_then_what_comes_next_is_in_phase() {
    Instant start = now.minusSeconds(3_598);
    long id = create(missed(start, "skip").put("endAt", now.plusSeconds(600).toString()));

    await().untilAsserted(() -> assertThat(firings(id)).containsExactly(start.plusSeconds(3_600)));
  }

  @Test
  void given_a_schedule_when_it_is_changed_then_it_goes_on_from_now() throws Exception {
    long id =
        create(
            with(
                "{'cron': '0 30 2 * * ?', 'timeZone': 'Europe/Berlin', 'startAt': '2031-03-29T00:00:00Z',"
                    + " 'values': {'a': 1, 'b': {'c': 2}}}"));
    assertThat(texts(get(id).path("nextFirings")))
        .containsExactly(
            "2031-03-29T01:30:00Z",
            "2031-03-30T01:00:00Z", // left out by the clocks
            "2031-03-31T00:30:00Z",
            "2031-04-01T00:30:00Z",
            "2031-04-02T00:30:00Z");
    assertThat(get(id).path("displayName").asText()).isEqualTo("Tick → 0 30 2 * * ? Europe/Berlin");

    JsonNode patched =
        api.patch("/schedules/" + id, "{\"values\":{\"a\":null,\"b\":{\"d\":3}}}")
            .expect(200)
            .json();
    assertThat(patched.path("values")).isEqualTo(json.readTree("{\"b\":{\"c\":2,\"d\":3}}"));
    assertThat(patched.path("nextFirings")).isEqualTo(get(id).path("nextFirings"));

    JsonNode replaced = api.put("/schedules/" + id, with("{'every': 'P1D'}")).expect(200).json();
    assertThat(replaced.path("every").asText()).isEqualTo("PT24H");
    assertThat(replaced.path("cron").isNull()).isTrue();
    assertThat(replaced.path("timeZone").isNull()).isTrue();
    assertThat(replaced.path("misfire").asText()).isEqualTo("fireOnce");
    assertThat(Instant.parse(replaced.path("startAt").asText())).isAfter(now);
    assertThat(jobs()).isOne();
    await().until(() -> firings(id).size() == 1);
  }

  @Test
  void given_a_schedule_whose_row_is_gone_when_it_fires_then_it_ends() throws Exception {
    create(with("{'every': 'PT1S'}"));
    database.sql("delete from schedule").update();

    await().until(() -> jobs() == 0);
  }

  @Test
  void given_schedules_that_fire_for_the_last_time_when_deleted_meanwhile_then_they_are_gone() {
    for (int i = 0; i < 20; i++) {
      long id = createDueAtOnce();
      Instant at = Instant.parse(get(id).path("at").asText());
      Instant due = at.plusMillis(5 * i);
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> Instant.now().isAfter(due));
      api.delete("/schedules/" + id).expect(204);
    }
  }

  @Test
  void given_a_signal_when_it_is_deleted_then_its_schedules_are() throws Exception {
    long id = create(with("{'cron': '0 0 0 1 1 ?'}"));
    assertThat(texts(api.get("/schedules?signalId=" + signal).json().path("items"), "id"))
        .containsExactly(Long.toString(id));
    assertThat(api.get("/schedules?signalId=999999").json().path("items")).isEmpty();

    api.delete("/signals/" + signal).expect(204);

    assertThat(jobs()).isZero();
    api.get("/schedules/" + id).expect(404);
  }

  /** What was to fire in ten minutes of the past. */
  private ObjectNode missed(Instant start, String misfire) {
    return schedule()
        .put("every", misfire.equals("fireAll") ? "PT1M" : "PT1H")
        .put("startAt", start.toString())
        .put("endAt", start.plusSeconds(600).toString())
        .put("misfire", misfire);
  }

  /** Due as soon as this machine, which others load, can have it accepted. */
  private long createDueAtOnce() {
    for (int millis = 150; ; millis *= 2) {
      Instant at = Instant.now().plusMillis(millis).truncatedTo(ChronoUnit.MILLIS);
      RestApi.Answer answer = api.post("/schedules", schedule().put("at", at.toString()));
      if (answer.status() == 201 || millis > 10_000) {
        return answer.expect(201).json().path("id").asLong();
      }
    }
  }

  private ObjectNode schedule() {
    return json.createObjectNode().put("signalId", signal);
  }

  private ObjectNode with(String fields) throws Exception {
    return schedule().setAll((ObjectNode) json.readTree(fields.replace('\'', '"')));
  }

  private long create(ObjectNode schedule) {
    return api.create("/schedules", schedule);
  }

  private JsonNode get(long id) {
    return api.get("/schedules/" + id).expect(200).json();
  }

  private JsonNode action(long id, String action) {
    return api.post("/schedules/%d/%s".formatted(id, action)).expect(200).json();
  }

  private int history() {
    return api.get("/signals/%d/history".formatted(signal)).expect(200).json().path("items").size();
  }

  /** What a schedule's sends were scheduled for, in the order in which they were accepted. */
  private List<Instant> firings(long id) {
    return database
        .sql(
            """
            select split_part(key, '/', 3) from idempotency_key
            where key like 'schedule/' || ? || '/%' order by accepted_id
            """)
        .param(id)
        .query((row, number) -> Instant.parse(row.getString(1)))
        .list();
  }

  private long jobs() {
    return database.sql("select count(*) from qrtz_job_details").query(Long.class).single();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static List<String> texts(JsonNode list, String field) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.path(field).asText()));
    return texts;
  }
}
