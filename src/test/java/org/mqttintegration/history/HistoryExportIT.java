package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.resource.LineStream;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Messages as lines, over REST. */
@IntegrationTest
class HistoryExportIT {

  private static final long BROKER = 880_100;
  private static final String FILTER = "?brokerId=" + BROKER;
  private static final int MANY = 25_000;
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Autowired private RestApi api;
  @Autowired private JdbcClient database;
  @Autowired private ObjectMapper json;
  @Autowired private HistoryExport export;

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void remove() {
    database.sql("delete from history where broker_id = ?").param(BROKER).update();
  }

  @Test
  void given_odd_messages_when_exported_then_ndjson_and_csv_say_what_the_list_says()
      throws Exception {
    insertOdd();
    List<JsonNode> listed = new ArrayList<>();
    api.pages("/history" + FILTER, listed::add);
    assertThat(listed).hasSize(10);

    RestApi.Answer lines = api.get("/history/export" + FILTER).expect(200);
    RestApi.Answer csv = api.get("/history/export?format=csv&brokerId=" + BROKER).expect(200);

    assertThat(objects(lines.text())).isEqualTo(listed);
    assertThat(lines.header("Content-Type")).startsWith("application/x-ndjson");
    assertThat(csv.header("Content-Type")).startsWith("text/csv");
    assertThat(csv.header("Content-Disposition")).contains("history.csv");
    List<List<String>> records = Rfc4180.parse(csv.text());
    List<String> names = records.get(0);
    assertThat(records).hasSize(listed.size() + 1);
    for (int row = 0; row < listed.size(); row++) {
      for (int column = 0; column < names.size(); column++) {
        JsonNode value = listed.get(row).path(names.get(column));
        assertThat(records.get(row + 1).get(column)).as(names.get(column)).isEqualTo(inCsv(value));
      }
    }
  }

  private static String inCsv(JsonNode value) {
    if (value.isArray()) {
      return value.isEmpty() ? "" : value.toString();
    }
    return value.isNull() ? "" : value.asText();
  }

  @Test
  void given_an_account_that_reads_no_payloads_when_it_exports_then_they_are_withheld()
      throws Exception {
    insertOdd();
    String name = "export-" + UUID.randomUUID();
    RestApi viewer = api.account(name, "viewer", false);
    List<JsonNode> listed = new ArrayList<>();
    viewer.pages("/history" + FILTER, listed::add);

    assertThat(objects(viewer.get("/history/export" + FILTER).expect(200).text()))
        .isEqualTo(listed)
        .allSatisfy(
            object -> {
              assertThat(object.path("payload").isNull()).isTrue();
              assertThat(object.path("payloadWithheld").asBoolean()).isTrue();
            });
    List<List<String>> records =
        Rfc4180.parse(viewer.get("/history/export" + FILTER + "&format=csv").expect(200).text());
    int payload = records.get(0).indexOf("payload");
    assertThat(records.subList(1, records.size()))
        .hasSize(10)
        .allSatisfy(
            record -> {
              assertThat(record.get(payload)).isEmpty();
              assertThat(record.get(payload + 1)).isEqualTo("true");
            });
    viewer.get("/history/export?contains=x").expectProblem(403, "forbidden");
  }

  @Test
  void given_many_messages_over_years_when_exported_then_all_come_in_order_and_as_they_are_read()
      throws Exception {
    insertMany(NOON, 20);
    insertMany(NOON.minusSeconds(400L * 86_400), 5);

    List<JsonNode> exported = objects(api.get("/history/export" + FILTER).expect(200).text());

    assertThat(exported).hasSize(MANY);
    assertThat(exported)
        .extracting(line -> line.path("id").asLong())
        .isEqualTo(
            database
                .sql(
                    """
                    select id from history where broker_id = ? order by "timestamp" desc, id desc
                    """)
                .param(BROKER)
                .query(Long.class)
                .list());
    HistoryQuery all = new HistoryQuery(BROKER, null, null, null, null, null, null, null, 50, null);
    try (LineStream lines = export.ndjson(all, true)) {
      assertThat(lines.read()).isEqualTo('{');
      assertThat(lines.lines()).isPositive().isLessThan(MANY / 5);
      assertThat(lines.reached()).isAfter(NOON.minusSeconds(60));
    }
  }

  @Test
  void given_messages_when_exported_with_filters_then_only_those_come() throws Exception {
    insertOdd();

    assertThat(api.get("/history/export" + FILTER + "&topic=odd/%2B/x").expect(200).text())
        .isEmpty();
    assertThat(
            objects(
                api.get(
                        "/history/export"
                            + FILTER
                            + "&topic=odd/%2B&from=2026-11-20T12:00:01Z&to=2026-11-20T12:00:03Z")
                    .expect(200)
                    .text()))
        .extracting(line -> line.path("timestamp").asText())
        .containsExactly("2026-11-20T12:00:02Z", "2026-11-20T12:00:01Z");
    assertThat(
            api.get("/history/export?topic=a%23&format=xml")
                .expectProblem(400, "invalid-request")
                .text())
        .contains("format");
    api.send("GET", "/history/export", null, Map.of("Accept", "application/json"))
        .expectProblem(406, "not-acceptable");
    api.anonymous().get("/history/export").expectProblem(401, "not-signed-in");
  }

  @Test
  void
      given_a_row_that_cannot_be_read_when_exported_then_the_answer_does_not_end_as_if_it_were_all()
          throws Exception {
    insertMany(NOON, 20);
    insert(1, NOON.minusSeconds(86_400), "odd/broken", new byte[0], "\"no list\"");

    HttpResponse<InputStream> answer = open();

    assertThat(answer.statusCode()).isEqualTo(200);
    try (InputStream body = answer.body()) {
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void given_clients_that_go_away_when_others_export_then_they_are_served() throws Exception {
    insertMany(NOON, 20);
    for (int i = 0; i < 20; i++) {
      HttpResponse<InputStream> answer = open();
      assertThat(answer.statusCode()).isIn(200, 429);
      answer.body().close();
    }

    await().until(() -> api.get("/history/export" + FILTER).status() == 200);
  }

  private HttpResponse<InputStream> open() throws Exception {
    return client.send(
        HttpRequest.newBuilder(api.uri("/history/export" + FILTER))
            .header("Authorization", RestApi.basic(RestApi.USER, RestApi.PASSWORD))
            .build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  private List<JsonNode> objects(String lines) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : lines.split("\n")) {
      objects.add(json.readTree(line));
    }
    return objects;
  }

  private void insertOdd() {
    List<byte[]> payloads =
        List.of(
            new byte[0],
            new byte[] {'a', 0, 'b'},
            new byte[] {(byte) 0xff, (byte) 0xfe},
            "\"quoted\", and\r\nbroken\nlines".getBytes(StandardCharsets.UTF_8),
            "=1+1".getBytes(StandardCharsets.UTF_8),
            "-5.25".getBytes(StandardCharsets.UTF_8),
            "grüße 🙂".getBytes(StandardCharsets.UTF_8),
            " spaces ".getBytes(StandardCharsets.UTF_8),
            "{\"a\": [1, 2]}".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < payloads.size(); i++) {
      insert(i + 1, NOON.plusSeconds(i), "odd/\"" + i + ",", payloads.get(i), null);
    }
    insert(
        payloads.size() + 1,
        NOON,
        "odd/properties",
        new byte[0],
        "[{\"name\": \"a,\\\"b\", \"value\": \"c\\n\"}]");
    database
        .sql(
            """
            update history set payload_size = 99, payload_omitted = 'larger than the limit',
              correlation_data = '\\x00ff', response_topic = 'a,b'
            where broker_id = ? and topic = 'odd/properties'
            """)
        .param(BROKER)
        .update();
  }

  private void insert(int number, Instant time, String topic, byte[] payload, String properties) {
    database
        .sql(
            """
            insert into history (id, "timestamp", direction, broker_id, topic, payload, qos, retain,
                                 duplicate, user_properties)
            values (:id, :time, 'receive', :broker, :topic, :payload, 1, false, false,
                    cast(:properties as jsonb))
            """)
        .param("id", 88_000_000_000L + number)
        .param("time", Timestamp.from(time))
        .param("broker", BROKER)
        .param("topic", topic)
        .param("payload", payload)
        .param("properties", properties)
        .update();
  }

  /** So many thousands, a hundred of them at each instant. */
  private void insertMany(Instant last, int thousands) {
    database
        .sql(
            """
            insert into history (id, "timestamp", direction, broker_id, topic, payload, qos, retain,
                                 duplicate)
            select :first + n, cast(:last as timestamptz) - n / 100 * interval '1 second', 'receive',
                   :broker, 'many/' || n, convert_to(repeat('x', 200), 'UTF8'), 0, false, false
            from generate_series(0, :count - 1) n
            """)
        .param("first", 88_100_000_000L + last.getEpochSecond() * 1_000_000)
        .param("last", Timestamp.from(last))
        .param("broker", BROKER)
        .param("count", thousands * 1000)
        .update();
  }
}
