package org.mqttintegration.configuration.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mqttintegration.problem.ProblemException;

class OdooTableTest {

  @Test
  void given_labels_or_names_when_a_table_is_read_then_the_fields_are_the_same() {
    String labels =
        "\ufeffExternal ID,MQTT Broker/External ID,Topic,QoS,Subscribed\r\nx.1,x.2,plant/#,1,True\r\n";
    String names = "id,broker_id/id,topic,qos,subscribed\nx.1,x.2,plant/#,1,True\n";

    assertThat(OdooTable.read(OdooModel.SUBSCRIPTION, labels))
        .isEqualTo(OdooTable.read(OdooModel.SUBSCRIPTION, names))
        .containsExactly(
            new OdooRow(
                2,
                Map.of(
                    "id",
                    "x.1",
                    "broker_id/id",
                    "x.2",
                    "topic",
                    "plant/#",
                    "qos",
                    "1",
                    "subscribed",
                    "True")));
  }

  @Test
  void given_payloads_over_several_lines_when_a_table_is_read_then_each_row_knows_its_line() {
    String csv =
        "topic,payload\na,\"{\n  \"\"v\"\": 1\n}\"\n\"\",\"\"\nb,False\nc,\"x,\"\"y\"\"\"\n";

    List<OdooRow> rows = OdooTable.read(OdooModel.SIGNAL_HISTORY, csv);

    assertThat(rows)
        .containsExactly(
            new OdooRow(2, Map.of("topic", "a", "payload", "{\n  \"v\": 1\n}")),
            new OdooRow(6, Map.of("topic", "b", "payload", "False")),
            new OdooRow(7, Map.of("topic", "c", "payload", "x,\"y\"")));
  }

  @Test
  void given_false_when_a_table_is_read_then_it_is_a_value_where_it_can_be_one() {
    String csv = "id,name,note,port,clean_session,host\nFalse,False,False,False,False\n";

    OdooRow row = OdooTable.read(OdooModel.BROKER, csv).get(0);

    assertThat(row.text("name")).isEqualTo("False");
    assertThat(row.text("note")).isEqualTo("False");
    assertThat(row.has("clean_session")).isTrue();
    assertThat(row.flag("clean_session")).isFalse();
    assertThat(row.text("id")).isNull();
    assertThat(row.number("port")).isNull();
    assertThat(row.has("host")).isTrue();
    assertThat(row.text("host")).isNull();
  }

  @Test
  void given_texts_that_odoo_marked_for_spreadsheets_when_a_table_is_read_then_the_mark_is_gone() {
    String csv = "topic,payload\n'+/a,'-12.5\nb,'=x\nc,'quoted'\n";

    assertThat(OdooTable.read(OdooModel.SIGNAL_HISTORY, csv))
        .extracting(row -> row.text("topic") + " " + row.text("payload"))
        .containsExactly("+/a -12.5", "b =x", "c 'quoted'");
  }

  @Test
  void given_a_quote_without_an_end_when_a_table_is_read_then_it_is_refused() {
    assertThatThrownBy(() -> OdooTable.read(OdooModel.BROKER, "name,host\n\"a,b\n"))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void given_a_time_when_it_is_read_then_it_is_of_its_zone() {
    OdooRow row = new OdooRow(2, Map.of("timestamp", "2025-07-01 06:30:00"));

    assertThat(row.instant("timestamp", ZoneId.of("Europe/Berlin")))
        .isEqualTo(Instant.parse("2025-07-01T04:30:00Z"));
  }
}
