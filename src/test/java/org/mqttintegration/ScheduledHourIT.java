package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.ArtemisOfTests;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.StoppablePostgres;

/**
 * A signal that is scheduled every second for an hour is sent 3,600 times, whatever the clocks do
 * in that hour, however often the application is killed meanwhile, and when the database is away
 * for a while. The hour is a past one, all of whose firings are made up, as fast as it can.
 *
 * <p>{@code -Dhour.start=2026-03-29T00:30:00Z} takes that of the change in spring, {@code -Dkills}
 * more kills.
 */
@InProcessOfItsOwn
class ScheduledHourIT {

  private static final Instant START =
      Instant.parse(System.getProperty("hour.start", "2026-10-25T00:30:00Z"));

  private static final int SECONDS = 3_600;
  private static final Duration OUTAGE = Duration.ofSeconds(3);
  private static final int KILLS = Integer.getInteger("kills", 1);

  private StoppablePostgres postgres;

  @Test
  void given_an_hour_with_a_change_of_clocks_when_killed_meanwhile_then_each_second_is_sent_once()
      throws Exception {
    Parts.ran(ScheduledHourIT.class, Part.EMBEDDED_POSTGRESQL);
    Parts.ran(ScheduledHourIT.class, Part.ARTEMIS);
    try (StoppablePostgres database = new StoppablePostgres();
        ArtemisOfTests artemis = ArtemisOfTests.start();
        ApplicationProcess application = ApplicationProcess.alone(database.settings())) {
      postgres = database;
      application.start();
      RestApi api = application.api();
      long schedule = schedule(api, signal(api, artemis.broker()));

      for (int i = 1; i <= KILLS; i++) {
        awaitSends("true", SECONDS * i / (KILLS + 2));
        stopAndStart(database);
        application.kill();
        application.start();
      }

      awaitSends("status = 'delivered'", SECONDS);
      assertThat(firings())
          .isEqualTo(IntStream.range(0, SECONDS).mapToObj(START::plusSeconds).toList());
      String path = "/schedules/" + schedule;
      await().until(() -> api.get(path).json().path("state").asText().equals("finished"));
      assertThat(number("select count(*) from send")).isEqualTo(SECONDS);
      assertThat(number("select count(*) from qrtz_job_details")).isZero();
    }
  }

  private static void stopAndStart(StoppablePostgres database) throws IOException {
    database.stop();
    Instant over = Instant.now().plus(OUTAGE);
    await().until(() -> Instant.now().isAfter(over));
    database.start();
  }

  /** One that says when it was to be sent. */
  private static long signal(RestApi api, LocalBroker local) {
    long broker =
        api.create("/brokers", Map.of("name", "hour", "host", local.host(), "port", local.port()));
    return api.create(
        "/signals",
        """
        {"name": "hour", "brokerId": %d, "topic": "hour", "payload": "{{scheduledAt}}", "qos": 1}
        """
            .formatted(broker));
  }

  private static long schedule(RestApi api, long signal) {
    return api.create(
        "/schedules",
        """
        {"signalId": %d, "cron": "* * * * * ?", "timeZone": "Europe/Berlin", "misfire": "fireAll",
         "startAt": "%s", "endAt": "%s"}
        """
            .formatted(signal, START, START.plusSeconds(SECONDS)));
  }

  private void awaitSends(String condition, int count) {
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> number("select count(*) from send where " + condition) >= count);
  }

  /** What was sent, in the order in which it was accepted. */
  private List<Instant> firings() throws SQLException {
    List<Instant> firings = new ArrayList<>();
    String sql =
        """
        select convert_from(h.payload, 'UTF8') from send s join history h on h.id = s.history_id
        order by s.id
        """;
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
