package org.mqttintegration.configuration.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.BrokerFilter;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.subscription.SubscriptionService;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files that come again, to what became of them here meanwhile. */
@IntegrationTest
class OdooImportAgainIT {

  private static final String BROKER =
      """
      "id","name","url_scheme","host","port","client_id","keepalive","note"
      "x.broker_1","Again plant","mqtt://","192.0.2.1","1883","mqtt_again","45","From Odoo"
      """;
  private static final String SUBSCRIPTION =
      """
      "id","broker_id/id","topic","qos","no_local_flag","retain_as_published_flag","retain_handling"
      "x.subscription_1","x.broker_1","again/line1","1","True","True","2"
      """;
  private static final String SIGNAL =
      """
      "id","broker_id/id","subscription_id/id","topic","payload","retain","qos","display_name"
      "x.signal_1","x.broker_1","x.subscription_1","again/line1","on","True","1","Start"
      """;

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired SubscriptionService subscriptions;
  @Autowired JdbcClient database;

  @AfterEach
  void nothingIsLeft() {
    brokers
        .list(new BrokerFilter("Again", null, null, null), Pageable.unpaged())
        .items()
        .forEach(broker -> brokers.delete(broker.id(), true));
    database.sql("delete from odoo_record").update();
    database.sql("delete from odoo_file").update();
  }

  private void theTablesAreImported() {
    assertThat(counts("mqtt.broker", BROKER)).containsExactly(1, 0);
    assertThat(counts("mqtt.subscription", SUBSCRIPTION)).containsExactly(1, 0);
    assertThat(counts("mqtt.signal", SIGNAL)).containsExactly(1, 0);
  }

  @Test
  void given_imported_records_that_were_deleted_here_when_they_come_again_then_they_are_new() {
    theTablesAreImported();
    api.delete("/brokers/%d?cascade=true".formatted(id("/brokers?name=Again"))).expect(204);

    theTablesAreImported();

    assertThat(api.get("/signals/" + id("/signals?name=Start")).json().path("name").asText())
        .isEqualTo("Start");
  }

  @Test
  void given_a_broker_with_options_of_here_when_it_comes_again_then_it_keeps_them() {
    theTablesAreImported();
    String broker = "/brokers/" + id("/brokers?name=Again");
    patch(
        broker,
        """
        {"urlScheme": "mqtts", "tls": {"verifyHostname": false}, "sessionExpiry": 7,
         "will": {"topic": "again/will", "payload": "gone"}, "sharedConnections": 2, "username": "u",
         "userProperties": [{"name": "a", "value": "b"}], "cleanStart": true, "keepalive": 10}
        """);
    JsonNode before = api.get(broker).json();

    String without = BROKER.replace(",\"url_scheme\"", "").replace(",\"mqtt://\"", "");
    assertThat(counts("mqtt.broker", without)).containsExactly(0, 1);

    JsonNode after = api.get(broker).json();
    for (String field :
        List.of(
            "urlScheme",
            "tls",
            "sessionExpiry",
            "will",
            "sharedConnections",
            "username",
            "userProperties",
            "cleanStart")) {
      assertThat(after.path(field)).as(field).isEqualTo(before.path(field));
    }
    assertThat(after.path("keepalive").asInt()).isEqualTo(45);
  }

  @Test
  void given_an_emptied_column_when_a_broker_comes_again_then_its_field_is_empty() {
    theTablesAreImported();

    assertThat(counts("mqtt.broker", BROKER.replace("From Odoo", ""))).containsExactly(0, 1);

    String broker = "/brokers/" + id("/brokers?name=Again");
    assertThat(api.get(broker).json().path("note").asText("")).isIn("", "null");
  }

  @Test
  void given_a_signal_with_options_of_here_when_it_comes_again_then_it_keeps_them() {
    theTablesAreImported();
    String signal = "/signals/" + id("/signals?name=Start");
    patch(
        signal,
        """
        {"properties": {"contentType": "text/plain"}, "payloadEncoding": "base64", "payload": "AAE="}
        """);
    JsonNode properties = api.get(signal).json().path("properties");

    assertThat(counts("mqtt.signal", SIGNAL)).containsExactly(0, 1);

    JsonNode after = api.get(signal).json();
    assertThat(after.path("properties")).isEqualTo(properties);
    assertThat(after.path("payloadEncoding").asText()).isEqualTo("base64");
    assertThat(after.path("payload").asText()).isEqualTo("b24=");
    assertThat(after.path("qos").asInt()).isEqualTo(1);
  }

  @Test
  void given_a_subscription_when_it_comes_with_flags_off_then_they_are_off() {
    theTablesAreImported();
    String subscription = "/subscriptions/" + id("/subscriptions?topic=again/line1");
    patch(subscription, "{\"historyRetention\": 3600}");
    subscriptions.setWanted(id("/subscriptions?topic=again/line1"), true);

    assertThat(
            counts(
                "mqtt.subscription", SUBSCRIPTION.replace("\"True\",\"True\"", "\"False\",\"\"")))
        .containsExactly(0, 1);

    JsonNode after = api.get(subscription).json();
    assertThat(after.path("noLocal").asBoolean()).isFalse();
    assertThat(after.path("retainAsPublished").asBoolean()).isFalse();
    assertThat(after.path("historyRetention").asInt()).isEqualTo(3600);
    assertThat(subscriptions.isWanted(after.path("id").asLong())).isTrue();
  }

  @Test
  void given_messages_when_they_come_for_another_broker_or_zone_then_they_are_no_longer_the_same() {
    theTablesAreImported();
    counts("mqtt.broker", BROKER.replace("x.broker_1", "x.broker_2").replace("gain", "gain 2"));
    String messages =
        """
        topic,payload,direction,timestamp
        again/x,1,Received,2025-07-01 06:30:00
        """;
    String ofFirst = "mqtt.signal.history&broker=Again%20plant";

    assertThat(isTaken(ofFirst, messages)).isTrue();
    assertThat(isTaken(ofFirst, messages)).isFalse();
    assertThat(isTaken(ofFirst + "&timeZone=Etc/UTC", messages)).isFalse();
    assertThat(isTaken(ofFirst + "&timeZone=Europe/Berlin", messages)).isTrue();
    assertThat(isTaken("mqtt.signal.history&broker=Again%202%20plant", messages)).isTrue();
  }

  @Test
  void given_messages_that_name_their_broker_when_they_come_for_another_one_then_they_are_known() {
    theTablesAreImported();
    String messages =
        """
        broker_id,topic,payload,direction,timestamp
        Again plant,again/x,1,Received,2025-07-01T06:30:00Z
        """;

    assertThat(isTaken("mqtt.signal.history", messages)).isTrue();
    assertThat(isTaken("mqtt.signal.history&broker=Other&timeZone=Europe/Berlin", messages))
        .isFalse();
  }

  @Test
  void given_a_file_that_an_earlier_version_took_when_it_comes_again_then_it_is_known() {
    theTablesAreImported();
    String messages =
        """
        broker_id,topic,payload,direction,timestamp
        Again plant,again/x,1,Received,2025-07-01 06:30:00
        """;
    database
        .sql(
            """
            insert into odoo_file (digest, model, messages, imported_at)
            values (sha256(convert_to(?, 'UTF8')), 'mqtt.signal.history', 1, now())
            """)
        .param(messages)
        .update();

    assertThat(isTaken("mqtt.signal.history", messages)).isFalse();
  }

  private boolean isTaken(String query, String csv) {
    JsonNode result = result(query, csv);
    assertThat(result.path("alreadyImported").asBoolean())
        .isEqualTo(result.path("added").asInt() == 0);
    return result.path("added").asInt() > 0;
  }

  private void patch(String path, String patch) {
    api.patch(path, patch).expect(200);
  }

  private long id(String list) {
    JsonNode items = api.get(list).json().path("items");
    assertThat(items).hasSize(1);
    return items.path(0).path("id").asLong();
  }

  private List<Integer> counts(String query, String csv) {
    JsonNode result = result(query, csv);
    return List.of(result.path("added").asInt(), result.path("changed").asInt());
  }

  private JsonNode result(String query, String csv) {
    return api.send("POST", "/import/odoo?model=" + query, csv, Map.of("Content-Type", "text/csv"))
        .expect(200)
        .json();
  }
}
