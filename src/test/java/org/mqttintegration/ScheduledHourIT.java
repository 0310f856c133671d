package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.ArtemisOfTests;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.StoppablePostgres;

/**
 * A signal that is scheduled every second for an hour is sent 3,600 times, whatever the clocks do
 * in that hour and however often the application is killed meanwhile. The hours are past ones, all
 * of whose firings are made up, as fast as it can.
 */
class ScheduledHourIT {

  private static final int SECONDS = 3_600;
  private static final int KILLS = Integer.getInteger("kills", 1);

  private final Map<Long, Instant> starts = new HashMap<>();
  private StoppablePostgres postgres;

  @Test
  void given_hours_with_a_change_of_clocks_when_killed_meanwhile_then_each_second_is_sent_once()
      throws Exception {
    Parts.ran(ScheduledHourIT.class, Part.EMBEDDED_POSTGRESQL);
    Parts.ran(ScheduledHourIT.class, Part.ARTEMIS);
    try (StoppablePostgres database = new StoppablePostgres();
        ArtemisOfTests artemis = ArtemisOfTests.start();
        ApplicationProcess application = ApplicationProcess.alone(database.settings())) {
      postgres = database;
      application.start();
      RestApi api = application.api();
      long broker =
          api.create(
              "/brokers",
              Map.of(
                  "name",
                  "hour",
                  "host",
                  artemis.broker().host(),
                  "port",
                  artemis.broker().port()));
      schedule(
          api,
          broker,
          "2026-03-29T00:30:00Z",
          Map.of("cron", "* * * * * ?", "timeZone", "Europe/Berlin"));
      schedule(
          api,
          broker,
          "2026-10-25T00:30:00Z",
          Map.of("cron", "* * * * * ?", "timeZone", "Europe/Berlin"));
      for (int i = 1; i <= KILLS; i++) {
        awaitSent(2 * SECONDS * i / (KILLS + 2));
        application.kill();
        application.start();
      }
      awaitSent(2 * SECONDS);
      for (Map.Entry<Long, Instant> hour : starts.entrySet()) {
        assertThat(firings(hour.getKey())).isEqualTo(seconds(hour.getValue()));
        await()
            .untilAsserted(
                () ->
                    assertThat(api.get("/schedules/" + hour.getKey()).json().path("state").asText())
                        .isEqualTo("finished"));
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(number("select count(*) from send where status = 'delivered'"))
                      .isEqualTo(2 * SECONDS));
      assertThat(number("select count(*) from send")).isEqualTo(2 * SECONDS);
      assertThat(number("select count(*) from qrtz_job_details")).isZero();
    }
  }

  /** A schedule that fires every second of an hour. */
  private void schedule(RestApi api, long broker, String start, Map<String, String> when) {
    long signal =
        api.create(
            "/signals",
            Map.of("name", start, "brokerId", broker, "topic", "hour/" + start, "qos", 1));
    Map<String, Object> schedule = new HashMap<>(when);
    schedule.put("signalId", signal);
    schedule.put("startAt", start);
    schedule.put("endAt", Instant.parse(start).plusSeconds(SECONDS).toString());
    schedule.put("misfire", "fireAll");
    starts.put(api.create("/schedules", schedule), Instant.parse(start));
  }

  private static List<Instant> seconds(Instant start) {
    return IntStream.range(0, SECONDS).mapToObj(start::plusSeconds).toList();
  }

  private void awaitSent(int count) {
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> number("select count(*) from send") >= count);
  }

  /** What a schedule's sends were scheduled for, in the order in which they were accepted. */
  private List<Instant> firings(long schedule) throws SQLException {
    List<Instant> firings = new ArrayList<>();
    String sql =
        "select split_part(key, '/', 3) from idempotency_key where key like 'schedule/%d/%%' order by send_id"
            .formatted(schedule);
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        firings.add(Instant.parse(rows.getString(1)));
      }
    }
    return firings;
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection(postgres.url(), "postgres", "");
  }
}
