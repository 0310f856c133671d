package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFieldsTest extends RestTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':'a','host':'h','port':0}         | port        | A whole number from 1 to 65535,"
            + " or null.",
        "{'name':'a','host':'h','port':70000}     | port        | A whole number from 1 to 65535,"
            + " or null.",
        "{'name':'a','host':'h','port':'1883'}    | port        | A whole number from 1 to 65535,"
            + " or null.",
        "{'name':'a','host':'h','port':1883.5}    | port        | A whole number from 1 to 65535,"
            + " or null.",
        "{'name':'a','host':'h','port':1e999999999} | port      | A whole number from 1 to 65535,"
            + " or null.",
        "{'name':'a','host':'h','urlScheme':'http'} | urlScheme | One of mqtt, mqtts, ws, wss.",
        "{'name':'a','host':'h','urlScheme':null} | urlScheme   | One of mqtt, mqtts, ws, wss.",
        "{'name':'a','host':'h','keepalive':65536} | keepalive  | A whole number from 0 to 65535.",
        "{'name':'a','host':'h','connectTimeout':0} | connectTimeout | A whole number from 1 to"
            + " 3600.",
        "{'name':'a','host':'mqtt://h'}           | host        | A host name or an IP address,"
            + " without scheme, port or path.",
        "{'name':'','host':'h'}                   | name        | Text of 1 to 255 characters.",
        "{'name':'a\\u0000b','host':'h'}          | name        | No NUL character is allowed.",
        "{'name':'a\\ud800','host':'h'}           | name        | Half a surrogate pair is no"
            + " Unicode text.",
        "{'name':'a','host':'h','sessionExpiry':4294967296} | sessionExpiry | A whole number from 0"
            + " to 4294967295.",
        "{'name':'a','host':'h','will':{'qos':1}} | will.topic  | It is needed.",
        "{'name':'a','host':'h','will':{'topic':'t','qos':3}} | will.qos | A whole number from 0 to"
            + " 2.",
        "{'name':'a','host':'h','will':{'topic':'t','quos':3}} | will.quos | There is no such"
            + " field.",
        "{'name':'a','host':'h','will':7}         | will        | A JSON object of topic, payload,"
            + " payloadEncoding, qos, retain, delay, or null.",
        "{'name':'a','host':'h','userProperties':[{'name':'n'}]} | userProperties[0].value | It is"
            + " needed.",
        "{'name':'a','host':'h','userProperties':{}} | userProperties | A list of at most 100.",
        "{'name':'a','host':'h','tls':{'verifyHostname':'yes'}} | tls.verifyHostname | Either true"
            + " or false.",
        "{'host':'h'}                             | name        | It is needed.",
        "{'name':'a','host':'h','nmae':'b'}       | nmae        | There is no such field.",
        "{'name':'a','host':'h','id':7}           | id          | There is no such field.",
        "{'name':'a','host':'h','passwordSet':true} | passwordSet | There is no such field.",
        "[]                                       | ''          | The body is a JSON object.",
        "null                                     | ''          | The body is a JSON object.",
      })
  void given_a_broker_that_is_not_valid_when_it_is_created_then_the_field_is_named(
      String body, String field, String message) throws Exception {
    assertThat(error(json("POST", "/api/v1/brokers", body.replace('\'', '"')), field))
        .isEqualTo(message);
    assertThat(stub.operations).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'brokerId':7,'topic':'a','qos':3}             | qos            | A whole number from 0 to"
            + " 2.",
        "{'brokerId':7,'topic':'a','retainHandling':5}  | retainHandling | A whole number from 0 to"
            + " 2.",
        "{'brokerId':7,'topic':'a','noLocal':'true'}    | noLocal        | Either true or false.",
        "{'brokerId':7,'topic':'a\\u0000b'}             | topic          | No NUL character is"
            + " allowed.",
        "{'brokerId':7,'topic':''}                      | topic          | Text of 1 to 65535 bytes"
            + " of UTF-8.",
        "{'brokerId':0,'topic':'a'}                     | brokerId       | A whole number of at"
            + " least 1.",
        "{'brokerId':99999999999999999999,'topic':'a'}  | brokerId       | A whole number of at"
            + " least 1.",
      })
  void given_a_subscription_that_is_not_valid_when_it_is_created_then_the_field_is_named(
      String body, String field, String message) throws Exception {
    assertThat(error(json("POST", "/api/v1/subscriptions", body.replace('\'', '"')), field))
        .isEqualTo(message);
    assertThat(stub.operations).isEmpty();
  }

  @Test
  void given_several_wrong_fields_when_a_broker_is_created_then_all_are_named() throws Exception {
    HttpResponse<String> response =
        json("POST", "/api/v1/brokers", "{\"port\":0,\"nmae\":\"x\",\"keepalive\":-1}");

    assertThat(problem(response, 400, "invalid-request").path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("port", "nmae", "keepalive", "name", "host");
  }

  @ParameterizedTest
  @ValueSource(ints = {65_536, 40_000})
  void given_a_topic_over_65535_bytes_when_it_is_subscribed_then_it_is_refused(int length)
      throws Exception {
    String letter = length > 65_535 ? "a" : "é"; // one byte, or two
    String body = "{\"brokerId\":7,\"topic\":\"" + letter.repeat(length) + "\"}";

    HttpResponse<String> response = json("POST", "/api/v1/subscriptions", body);

    assertThat(error(response, "topic")).isEqualTo("Text of 1 to 65535 bytes of UTF-8.");
    assertThat(response.body()).hasSizeLessThan(1_000);
  }

  @Test
  void given_a_topic_of_65535_bytes_when_it_is_subscribed_then_it_passes() throws Exception {
    String body = "{\"brokerId\":7,\"topic\":\"" + "a".repeat(65_535) + "\"}";

    assertThat(json("POST", "/api/v1/subscriptions", body).statusCode()).isEqualTo(200);
    assertThat(stub.body).isEqualTo(body);
  }

  @Test
  void given_nulls_where_values_may_be_removed_when_a_broker_is_patched_then_they_pass()
      throws Exception {
    String body = "{\"port\":null,\"username\":null,\"password\":null,\"note\":null}";

    assertThat(json("PATCH", "/api/v1/brokers/7", body).statusCode()).isEqualTo(200);
    assertThat(stub.operations).containsExactly("patchBroker");
    assertThat(stub.body).isEqualTo(body);
    assertThat(stub.headers).containsEntry("id", "7");
  }

  @Test
  void given_null_for_a_name_when_a_broker_is_patched_then_it_is_refused() throws Exception {
    assertThat(error(json("PATCH", "/api/v1/brokers/7", "{\"name\":null}"), "name"))
        .isEqualTo("Text of 1 to 255 characters.");
  }

  @Test
  void given_a_payload_with_nul_when_a_signal_is_created_then_it_passes() throws Exception {
    String body = "{\"name\":\"a\",\"brokerId\":7,\"topic\":\"t\",\"payload\":\"\\u0000\"}";

    assertThat(json("POST", "/api/v1/signals", body).statusCode()).isEqualTo(200);
  }

  @Test
  void given_a_secret_in_a_refused_body_when_it_is_answered_then_it_is_not_quoted()
      throws Exception {
    HttpResponse<String> response =
        json("POST", "/api/v1/brokers", "{\"password\":\"hunter2\",\"port\":\"hunter2\" hunter2");

    assertThat(error(response, "")).startsWith("The body is no valid JSON at line 1");
    assertThat(response.body()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"name\":", "{}{}", "{\"name\":\"a\",\"name\":\"b\"}", "name=a", "{'a':1}"})
  void given_a_broken_body_when_a_broker_is_created_then_it_is_refused(String body)
      throws Exception {
    assertThat(error(json("POST", "/api/v1/brokers", body), ""))
        .startsWith("The body is no valid JSON");
    assertThat(stub.operations).isEmpty();
  }
}
