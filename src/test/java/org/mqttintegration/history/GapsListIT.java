package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The gaps of all subscriptions over REST. */
@IntegrationTest
class GapsListIT {

  private static final long BROKER = 880_001;
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Autowired private RestApi api;
  @Autowired private JdbcClient database;

  @BeforeEach
  void insert() {
    gap(1, NOON, NOON.plusSeconds(60));
    gap(2, NOON.plusSeconds(30), NOON.plusSeconds(90));
    gap(1, NOON.plusSeconds(120), null);
  }

  @AfterEach
  void remove() {
    database.sql("delete from gap where broker_id = ?").param(BROKER).update();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 120 30 0",
    "&subscriptionId=880001, 120 0",
    "&open=true, 120",
    "&open=false, 120 30 0",
    "&to=2026-11-20T12:00:30Z, 0",
    "&from=2026-11-20T12:01:00Z, 120 30 0",
    "&from=2026-11-20T12:01:01Z, 120 30",
    "&from=2026-11-20T12:01:31Z&to=2026-11-20T12:02:00Z, ''",
    "&from=2031-01-01T00:00:00Z, 120",
    "&size=1&page=1, 30"
  })
  void given_gaps_when_listed_then_the_filters_let_the_right_ones_through(
      String filter, String begun) {
    JsonNode page = api.get("/gaps?brokerId=" + BROKER + filter).expect(200).json();

    assertThat(
            StreamSupport.stream(page.path("items").spliterator(), false)
                .map(gap -> Instant.parse(gap.path("from").asText()))
                .map(from -> "" + (from.getEpochSecond() - NOON.getEpochSecond())))
        .containsExactly(begun.isEmpty() ? new String[0] : begun.split(" "));
  }

  @Test
  void given_a_gap_when_listed_then_it_tells_all_and_the_list_of_its_subscription_the_same() {
    JsonNode page = api.get("/gaps?size=1&brokerId=" + BROKER).expect(200).json();

    assertThat(page.path("total").asLong()).isEqualTo(3);
    JsonNode gap = page.path("items").path(0);
    assertThat(gap.path("brokerId").asLong()).isEqualTo(BROKER);
    assertThat(gap.path("subscriptionId").asLong()).isEqualTo(880_001);
    assertThat(gap.path("cause").asText()).isEqualTo("sessionLost");
    assertThat(gap.path("affects").asText()).isEqualTo("all");
    assertThat(gap.path("to").isNull()).isTrue();
  }

  @Test
  void given_a_wrong_filter_when_listed_then_the_problem_names_it() {
    JsonNode problem = api.get("/gaps?from=yesterday").expectProblem(400, "invalid-request").json();

    assertThat(problem.at("/errors/0/field").asText()).isEqualTo("from");
  }

  private void gap(long subscription, Instant from, Instant to) {
    database
        .sql(
            """
            insert into gap (subscription_id, broker_id, cause, affects, starts, ends)
            values (:subscription, :broker, 'sessionLost', 'all', :from, cast(:to as timestamptz))
            """)
        .param("subscription", 880_000 + subscription)
        .param("broker", BROKER)
        .param("from", Timestamp.from(from))
        .param("to", to == null ? null : Timestamp.from(to))
        .update();
  }
}
