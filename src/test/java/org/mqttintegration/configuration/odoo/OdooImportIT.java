package org.mqttintegration.configuration.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.BrokerFilter;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.history.FeedFilter;
import org.mqttintegration.history.FeedPosition;
import org.mqttintegration.history.HistoryFeed;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class OdooImportIT {

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired JdbcClient database;
  @Autowired HistoryFeed feed;

  private String brokerCsv;

  @BeforeEach
  void aBroker() {
    brokerCsv =
        """
        "id","name","url_scheme","host","port","client_id","username","password","keepalive","connect_timeout","note","connection_status"
        "__export__.mqtt_broker_1_3f2a9c01","Odoo plant","mqtt://","%s","%d","mqtt_odoo","","hunter2","45","10","Two
        lines","Success"
        """
            .formatted(local.host(), local.port());
  }

  @AfterEach
  void nothingIsLeft() {
    brokers
        .list(new BrokerFilter("Odoo plant", null, null, null), Pageable.unpaged())
        .items()
        .forEach(broker -> brokers.delete(broker.id(), true));
    database.sql("delete from odoo_record").update();
    database.sql("delete from odoo_file").update();
  }

  @Test
  void given_the_tables_of_the_module_when_they_are_imported_then_all_of_it_is_there_once() {
    assertThat(counts("mqtt.broker", brokerCsv)).containsExactly(1, 0);
    JsonNode broker = api.get("/brokers?name=Odoo").json().path("items").path(0);
    assertThat(broker.path("keepalive").asInt()).isEqualTo(45);
    assertThat(broker.path("note").asText()).isEqualTo("Two\nlines");
    assertThat(broker.path("passwordSet").asBoolean()).isTrue();

    String subscriptions =
        """
        "External ID","MQTT Broker","Topic","QoS","No Local Flag","Retain as Published Flag","Retain handling","Subscribed","Subscription Status"
        "__export__.mqtt_subscription_4_aa","Odoo plant","odoo/line1","1","False","True","2","True","Subscribed"
        "__export__.mqtt_subscription_5_bb","Odoo plant","odoo/#","0","","","0","False","New"
        """;
    assertThat(counts("mqtt.subscription", subscriptions)).containsExactly(2, 0);
    String signals =
        """
        "id","broker_id/id","subscription_id/id","topic","payload","retain","qos","display_name"
        "__export__.mqtt_signal_7_cc","__export__.mqtt_broker_1_3f2a9c01","__export__.mqtt_subscription_4_aa","odoo/line1","{""v"": 1}","True","1","Odoo plant - odoo/line1"
        """;
    assertThat(counts("mqtt.signal", signals)).containsExactly(1, 0);
    String history =
        """
        "id","signal_id/id","payload","topic","qos","retain","direction","timestamp"
        "__export__.h_1","__export__.mqtt_signal_7_cc","{""v"": 1}","odoo/line1","1","True","Send","2025-03-01 06:30:00"
        "__export__.h_2","","21.5
        22","odoo/line2","0","False","Received","2025-03-01 06:30:01"
        """;
    assertThat(result("mqtt.signal.history&broker=Odoo%20plant", history).path("added").asInt())
        .isEqualTo(2);

    assertThat(counts("mqtt.broker", brokerCsv)).containsExactly(0, 1);
    assertThat(counts("mqtt.subscription", subscriptions)).containsExactly(0, 2);
    assertThat(counts("mqtt.signal", signals)).containsExactly(0, 1);
    assertThat(
            result("mqtt.signal.history&broker=Odoo%20plant", history)
                .path("alreadyImported")
                .asBoolean())
        .isTrue();

    long id = broker.path("id").asLong();
    JsonNode found =
        api.get("/history?brokerId=%d&topic=odoo/%%23&to=2025-03-02T00:00:00Z".formatted(id))
            .json()
            .path("items");
    assertThat(found.findValuesAsText("timestamp"))
        .containsExactly("2025-03-01T06:30:01Z", "2025-03-01T06:30:00Z");
    assertThat(found.findValuesAsText("payload")).containsExactly("21.5\n22", "{\"v\": 1}");
    assertThat(found.findValuesAsText("direction")).containsExactly("receive", "send");
    JsonNode signal = api.get("/signals?brokerId=" + id).json().path("items").path(0);
    assertThat(found.path(1).path("signalId")).isEqualTo(signal.path("id"));
    assertThat(signal.path("subscriptionId").isNull()).isFalse();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                api.get("/subscriptions?brokerId=" + id)
                    .json()
                    .path("items")
                    .findValuesAsText("subscriptionStatus")
                    .equals(List.of("new", "subscribed")));
  }

  @Test
  void
      given_messages_of_elsewhere_when_they_are_imported_then_they_are_counted_and_no_route_has_them() {
    counts("mqtt.broker", brokerCsv);
    long id = api.get("/brokers?name=Odoo").json().path("items").path(0).path("id").asLong();
    FeedPosition before = feed.end();
    String history =
        """
        Broker,Direction,Topic,Format Payload,Payload,QoS,Retain,Timestamp
        Odoo plant,Incoming,odoo/raw,hex,00 ff,0,,2025-07-01 08:00:00
        Odoo plant,Incoming,odoo/raw,base64,AAE=,0,,2025-07-01 08:00:01
        """;

    result("mqtt.message.history&timeZone=Europe/Berlin", history);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> api.get("/brokers/%d/topics".formatted(id)).text().contains("\"messages\":2"));
    assertThat(feed.read(before, new FeedFilter(id, null, null), 10).messages()).isEmpty();
    assertThat(feed.lag(before).messages()).isZero();
    JsonNode found = api.get("/history?brokerId=" + id).json().path("items").path(0);
    assertThat(found.path("payload").asText()).isEqualTo("AAE=");
    assertThat(Instant.parse(found.path("timestamp").asText()))
        .isEqualTo(Instant.parse("2025-07-01T06:00:01Z"));
  }

  @Test
  void given_tables_of_the_later_module_when_they_are_imported_then_topics_become_subscriptions() {
    counts("mqtt.broker", brokerCsv);
    String topics =
        """
        id,.id,name,status,broker_id/name,qos,no_local_flag,retain_handling
        __export__.mqtt_topic_1,1,odoo/later,confirm,Odoo plant,1,True,1
        """;
    String subscriptions =
        """
        id,name,status,direction,broker_id/name,topic_id/id,payload,qos
        __export__.mqtt_subscription_9,Odoo plant - odoo/later,Subscribed,outgoing,Odoo plant,__export__.mqtt_topic_1,hello,2
        """;

    assertThat(counts("mqtt.topic", topics)).containsExactly(1, 0);
    assertThat(counts("mqtt.subscription", subscriptions)).containsExactly(0, 1);

    JsonNode subscription = api.get("/subscriptions?topic=odoo/later").json().path("items").path(0);
    assertThat(subscription.path("qos").asInt()).isEqualTo(2);
    assertThat(subscription.path("noLocal").asBoolean()).isTrue();
    assertThat(subscription.path("retainHandling").asInt()).isEqualTo(1);
    assertThat(subscription.path("subscriptionStatus").asText()).isNotEqualTo("new");
  }

  @Test
  void given_faults_in_a_file_when_it_is_imported_then_each_has_its_line_and_nothing_is_stored() {
    counts("mqtt.broker", brokerCsv);
    String wrong =
        """
        signal_id,broker_id,payload,topic,qos,direction,timestamp
        ,Odoo plant,"a
        b",odoo/x,1,send,2025-03-01 06:30:00
        ,Odoo plant,c,odoo/x,3,send,2025-03-01 06:30:00
        ,Nobody,c,odoo/x,1,send,2025-03-01 06:30:00
        ,Odoo plant,c,odoo/x,1,sideways,2025-03-01 06:30:00
        ,Odoo plant,c,odoo/x,1,send,yesterday
        """;

    assertThat(
            post("mqtt.signal.history", wrong)
                .expectProblem(400, "invalid-request")
                .json()
                .path("errors")
                .findValuesAsText("field"))
        .containsExactly(
            "line 4, qos", "line 5, broker_id", "line 6, direction", "line 7, timestamp");
    assertThat(api.get("/history?topic=odoo/x").json().path("items")).isEmpty();
    assertThat(
            post("mqtt.topic", "name,broker_id\nodoo/y,Odoo plant\na/#/b,Odoo plant\n")
                .expectProblem(400, "invalid-request")
                .text())
        .contains("line 3, topic");
    assertThat(api.get("/subscriptions?topic=odoo/y").json().path("total").asInt()).isZero();
  }

  private List<Integer> counts(String query, String csv) {
    JsonNode result = result(query, csv);
    return List.of(result.path("added").asInt(), result.path("changed").asInt());
  }

  private JsonNode result(String query, String csv) {
    return post(query, csv).expect(200).json();
  }

  private Answer post(String query, String csv) {
    return api.send("POST", "/import/odoo?model=" + query, csv, Map.of("Content-Type", "text/csv"));
  }
}
