package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.ArtemisOfTests;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.StoppablePostgres;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Schedules while PostgreSQL is away, and when the application stops. */
class ScheduleOutageIT {

  private static final Duration OUTAGE = Duration.ofSeconds(6);

  @Test
  void given_an_outage_of_the_database_when_it_is_over_then_every_second_of_it_is_sent()
      throws Exception {
    Parts.ran(ScheduleOutageIT.class, Part.EMBEDDED_POSTGRESQL);
    Parts.ran(ScheduleOutageIT.class, Part.ARTEMIS);
    try (StoppablePostgres postgres = new StoppablePostgres();
        ArtemisOfTests artemis = ArtemisOfTests.start();
        ApplicationProcess application = ApplicationProcess.alone(postgres.settings())) {
      application.start();
      long schedule = everySecond(application.api(), artemis);
      awaitFirings(postgres, schedule, 3);
      int logged = application.log().size();

      postgres.stop();
      Instant over = Instant.now().plus(OUTAGE);
      await().until(() -> Instant.now().isAfter(over));
      postgres.start();

      int seconds = (int) OUTAGE.toSeconds() + 5;
      awaitFirings(postgres, schedule, seconds);
      assertSecondBySecond(firings(postgres, schedule));
      assertThat(application.log().size() - logged).as("lines of the log").isLessThan(60);

      assertThat(application.stop()).isEqualTo(143);
      int sent = firings(postgres, schedule).size();
      application.start();
      awaitFirings(postgres, schedule, sent + 3);
      assertSecondBySecond(firings(postgres, schedule));

      postgres.stop();
      assertThat(application.stop()).as("stopped without the database").isEqualTo(143);
      postgres.start();
    }
  }

  private static long everySecond(RestApi api, ArtemisOfTests artemis) {
    long broker =
        api.create(
            "/brokers",
            Map.of(
                "name",
                "outage",
                "host",
                artemis.broker().host(),
                "port",
                artemis.broker().port()));
    long signal =
        api.create("/signals", Map.of("name", "outage", "brokerId", broker, "topic", "outage"));
    return api.create(
        "/schedules", Map.of("signalId", signal, "every", "PT1S", "misfire", "fireAll"));
  }

  private static void awaitFirings(StoppablePostgres postgres, long schedule, int count) {
    await().atMost(Duration.ofMinutes(1)).until(() -> firings(postgres, schedule).size() >= count);
  }

  private static void assertSecondBySecond(List<Instant> firings) {
    List<Instant> expected = new ArrayList<>();
    for (int i = 0; i < firings.size(); i++) {
      expected.add(firings.get(0).plusSeconds(i));
    }
    assertThat(firings).isEqualTo(expected);
  }

  private static List<Instant> firings(StoppablePostgres postgres, long schedule) {
    return JdbcClient.create(new DriverManagerDataSource(postgres.url(), "postgres", ""))
        .sql(
            """
            select split_part(key, '/', 3) from idempotency_key
            where key like 'schedule/' || ? || '/%' order by accepted_id
            """)
        .param(schedule)
        .query((row, number) -> Instant.parse(row.getString(1)))
        .list();
  }
}
