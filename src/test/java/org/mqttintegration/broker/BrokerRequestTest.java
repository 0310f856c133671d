package org.mqttintegration.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.mqtt.CertificateFilesOfTests;
import org.mqttintegration.mqtt.ConnectionOptions;
import org.mqttintegration.mqtt.SessionOptions;
import org.mqttintegration.mqtt.TlsOptions;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.mqtt.WebSocketOptions;
import org.mqttintegration.mqtt.WillOptions;
import org.mqttintegration.resource.Violations;
import org.mqttintegration.resource.WriteOnly;
import org.mqttintegration.secret.Secrets;
import org.mqttintegration.testing.Certificates;

class BrokerRequestTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "name; null",
        "name; ''",
        "name; '   '",
        "name; 'a\\u0000b'",
        "name; '\\ud800'",
        "host; null",
        "port; 0",
        "port; 70000",
        "port; -1",
        "clientId; ''",
        "clientId; ' '",
        "clientId; '\\u0000'",
        "username; '\\u0000'",
        "password; '\\u0000'",
        "keepalive; -1",
        "keepalive; 65536",
        "connectTimeout; 0",
        "connectTimeout; 3601",
        "note; '\\u0000'",
        "sessionExpiry; -1",
        "sessionExpiry; 4294967296",
        "receiveMaximum; 0",
        "receiveMaximum; 65536",
        "maximumPacketSize; 0",
        "maximumPacketSize; 268435461",
      })
  void given_a_field_that_cannot_be_when_checked_then_it_is_named(String field, String value)
      throws Exception {
    assertThat(fields(with(field, value.replace('\'', '"')))).containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "userProperties; [{'name':'a'}]; userProperties[0].value",
        "userProperties; [{'name':'a','value':'b'},{'name':'\\u0000','value':''}];"
            + " userProperties[1].name",
        "will; {}; will.topic",
        "will; {'topic':'a/+'}; will.topic",
        "will; {'topic':'a\\u0000'}; will.topic",
        "will; {'topic':'a','qos':3}; will.qos",
        "will; {'topic':'a','delay':-1}; will.delay",
        "will; {'topic':'a','payload':'%','payloadEncoding':'base64'}; will.payload",
        "webSocket; {'path':'mqtt'}; webSocket.path",
        "webSocket; {'path':'/a b'}; webSocket.path",
        "webSocket; {'headers':[{'name':'a b','value':''}]}; webSocket.headers[0]",
        "webSocket; {'headers':[{'name':'a','value':'x\\r\\ny: z'}]}; webSocket.headers[0]",
        "webSocket; {'headers':[{'name':'Sec-WebSocket-Key','value':'x'}]}; webSocket.headers[0]",
        "tls; {'caFile':'../ca.pem'}; tls.caFile",
        "tls; {'caFile':'/etc/passwd'}; tls.caFile",
        "tls; {'pinnedFile':'a/../../b'}; tls.pinnedFile",
        "tls; {'certificateFile':'c.pem'}; tls.keyFile",
        "tls; {'keyFile':'k.pem'}; tls.certificateFile",
        "tls; {'caFile':'a','pinnedFile':'b'}; tls.pinnedFile",
      })
  void given_an_option_that_cannot_be_when_checked_then_its_field_is_named(
      String field, String value, String named) throws Exception {
    assertThat(fields(with(field, value.replace('\'', '"')))).containsExactly(named);
  }

  @Test
  void given_a_will_that_is_too_long_when_checked_then_it_is_named() throws Exception {
    String longest = "{\"topic\":\"a\",\"payload\":\"%s\"}".formatted("x".repeat(65_535));
    assertThat(fields(with("will", longest))).isEmpty();
    assertThat(fields(with("will", longest.replace("xx", "xxü")))).containsExactly("will.payload");
  }

  @Test
  void given_options_when_applied_then_the_connection_has_them_and_the_rest_its_defaults()
      throws Exception {
    BrokerEntity broker =
        entity(
            """
            {"name": "a", "host": "h", "cleanStart": true, "sessionExpiry": 4294967295,
             "userProperties": [{"name": "n", "value": "1"}, {"name": "n", "value": "2"}],
             "will": {"topic": "gone", "payload": "AP8=", "payloadEncoding": "base64"},
             "webSocket": {"headers": [{"name": "X-A", "value": "b"}]},
             "tls": {"caFile": "ca.pem"}}
            """);
    ConnectionOptions options = broker.options(Credentials.NONE);
    assertThat(options.session())
        .isEqualTo(
            new SessionOptions(
                true,
                4_294_967_295L,
                1_000,
                16_777_216,
                List.of(new UserProperty("n", "1"), new UserProperty("n", "2"))));
    assertThat(options.will()).isEqualTo(new WillOptions("gone", new byte[] {0, -1}, 0, false, 0));
    assertThat(options.webSocket())
        .isEqualTo(new WebSocketOptions("/mqtt", List.of(new UserProperty("X-A", "b"))));
    assertThat(options.tls()).isEqualTo(new TlsOptions("ca.pem", null, null, null, null, true));
    assertThat(entity("{\"name\":\"a\",\"host\":\"h\"}").options(Credentials.NONE).session())
        .isEqualTo(SessionOptions.DEFAULT);
  }

  @Test
  void given_texts_that_are_too_long_when_checked_then_they_are_named() throws Exception {
    assertThat(fields(with("name", quoted("ü".repeat(128))))).containsExactly("name");
    assertThat(fields(with("name", quoted("ü".repeat(127))))).isEmpty();
    assertThat(fields(with("clientId", quoted("x".repeat(1_025))))).containsExactly("clientId");
    assertThat(fields(with("password", quoted("x".repeat(65_536))))).containsExactly("password");
    assertThat(fields(with("host", quoted("x.".repeat(127) + "x")))).containsExactly("host");
  }

  @Test
  void given_several_wrong_fields_when_checked_then_all_are_named() {
    assertThat(fields("{\"port\":0,\"keepalive\":-1}"))
        .containsExactly("host", "keepalive", "name", "port");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "broker.example.org",
        "a-b.c",
        "10.0.0.1",
        "::1",
        "[::1]",
        "2001:db8::7",
        "[2001:db8::7]",
        "xn--bcher-kva.example",
        "broker."
      })
  void given_a_host_when_checked_then_it_is_taken(String host) throws Exception {
    assertThat(fields(with("host", quoted(host)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "mqtt://a",
        "a:1883",
        "a/b",
        "user@a",
        "a?b",
        "a#b",
        "[::1",
        "::1]",
        "1.2.3.400",
        "-a",
        "a..b",
        "[a]",
        "ü.example",
        "a%20b",
        "[::1]:1883",
        "${env:HOME}"
      })
  void given_what_is_no_host_when_checked_then_it_is_refused(String host) throws Exception {
    assertThat(fields(with("host", quoted(host)))).containsExactly("host");
  }

  @Test
  void given_every_scheme_when_its_port_is_absent_then_it_has_the_usual_one() throws Exception {
    assertThat(List.of(port("mqtt"), port("mqtts"), port("ws"), port("wss")))
        .containsExactly(1883, 8883, 80, 443);
  }

  @Test
  void given_absent_fields_when_applied_then_they_have_their_defaults() throws Exception {
    BrokerEntity broker = entity("{\"name\":\"a\",\"host\":\"::1\"}");
    assertThat(broker.options(Credentials.NONE).serverUri()).hasToString("mqtt://[::1]:1883");
    assertThat(broker.keepalive).isEqualTo(60);
    assertThat(broker.connectTimeout).isEqualTo(10);
    assertThat(broker.clientId).isEqualTo("generated");
  }

  @Test
  void given_a_password_when_anything_is_printed_then_it_is_not_shown() throws Exception {
    String given = with("password", "\"hunter2\"");
    BrokerRequest request = JSON.readValue(given, BrokerRequest.class);
    BrokerEntity broker = entity(given);
    assertThat(request.password()).isEqualTo(new WriteOnly("hunter2"));
    ConnectionOptions options = broker.options(new Credentials("hunter2", null));
    assertThat(List.of(request.toString(), broker.toString(), options.toString()))
        .noneMatch(text -> text.contains("hunter2"));
    assertThat(JSON.writeValueAsString(request)).doesNotContain("hunter2");
    assertThat(JSON.writeValueAsString(broker.asRequest())).doesNotContain("password");
  }

  @Test
  void given_a_client_key_when_anything_is_printed_then_it_is_not_shown() throws Exception {
    BrokerEntity broker = entity(with("tls", "{\"certificateFile\":\"c.pem\"}"));
    ConnectionOptions options = broker.options(new Credentials(null, "hunter3"));

    assertThat(options.tls().key()).isEqualTo("hunter3");
    assertThat(List.of(options.toString(), options.tls().toString()))
        .noneMatch(text -> text.contains("hunter3"));
    assertThat(new Credentials("hunter2", "hunter3").toString()).doesNotContain("hunter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'certificateFile':'c.pem' | no key | tls.keyFile
          'certificateFile':'c.pem' | key |
          'certificateFile':'c.pem','keyFile':'k.pem' | no key |
          'certificateFile':'c.pem','keyFile':'k.pem' | key | tls.keyFile
          'caFile':'ca.pem' | key | tls.certificateFile
          'certificateFile':'c.pem' | none | clientKey
          """)
  void given_a_certificate_when_checked_then_exactly_one_key_belongs_to_it(
      String tls, String key, String field) throws Exception {
    Map<String, Object> request =
        new HashMap<>(
            Map.of(
                "name", "a",
                "host", "h",
                "tls", JSON.readTree("{" + tls.replace('\'', '"') + "}")));
    if (!key.equals("no key")) {
      request.put("clientKey", key.equals("key") ? Certificates.newKey() : "no key at all");
    }

    assertThat(fields(JSON.writeValueAsString(request)))
        .isEqualTo(field == null ? List.of() : List.of(field));
  }

  private static int port(String scheme) throws Exception {
    return entity(with("urlScheme", quoted(scheme))).port;
  }

  private static BrokerEntity entity(String request) throws Exception {
    BrokerEntity broker = new BrokerEntity();
    broker.clientId = "generated";
    broker.apply(JSON.readValue(request, BrokerRequest.class), false);
    return broker;
  }

  private static List<String> fields(String request) {
    return Violations.fields(
        () ->
            new OptionsCheck(
                    Violations.validator(),
                    CertificateFilesOfTests.none(),
                    new BrokerCredentials(mock(Secrets.class)))
                .check(null, JSON.readValue(request, BrokerRequest.class)));
  }

  private static String with(String field, String value) throws Exception {
    ObjectNode request = JSON.createObjectNode().put("name", "a").put("host", "localhost");
    request.set(field, JSON.readTree(value));
    return JSON.writeValueAsString(request);
  }

  private static String quoted(String text) throws Exception {
    return JSON.writeValueAsString(text);
  }
}
