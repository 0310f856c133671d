package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {

  @ParameterizedTest
  @CsvSource({
    "a/b, a/b, true",
    "a/b, a/b/c, false",
    "a/b/c, a/b, false",
    "a/+, a/b, true",
    "a/+, a/b/c, false",
    "a/+, a, false",
    "a/+, a/, true",
    "+, a, true",
    "+/+, /finance, true",
    "/+, /finance, true",
    "+, /finance, false",
    "a/#, a, true",
    "a/#, a/b/c, true",
    "a/#, ab, false",
    "#, a/b/c, true",
    "#, $SYS/broker, false",
    "+/broker, $SYS/broker, false",
    "$SYS/#, $SYS/broker, true",
    "a//b, a//b, true",
    "a/+/b, a//b, true",
    "a/, a/, true",
    "a/, a, false",
    "$share/g/a/+, a/b, true",
    "$share/g/a/+, b/b, false",
    "sport/tennis/player1/#, sport/tennis/player1, true",
  })
  void given_a_filter_and_a_topic_when_matched_then_the_rules_of_section_4_7_hold(
      String filter, String topic, boolean matches) {
    assertThat(TopicFilter.matches(filter, topic)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a/b", "/", "//", "+", "#", "a/#", "+/a/#", "a b/ü", "$share/g/#", "$SYS/#"})
  void given_a_well_formed_filter_when_checked_then_it_has_no_fault(String filter) {
    assertThat(TopicFilter.fault(filter)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a/#/b",
        "#/a",
        "a#",
        "a+",
        "+a/b",
        "a/b+/c",
        "a\0b",
        "$share/",
        "$share/g",
        "$share/g/",
        "$share//a",
        "$share/+/a",
        "$share/g/a+",
        "\uD800"
      })
  void given_a_malformed_filter_when_checked_then_its_fault_is_told(String filter) {
    assertThat(TopicFilter.fault(filter)).isNotBlank();
  }

  @Test
  void given_the_longest_topic_when_it_is_one_byte_longer_then_it_is_refused() {
    assertThat(TopicName.fault("ü".repeat(32_767) + "a")).isNull();
    assertThat(TopicName.fault("ü".repeat(32_768))).contains("65,536");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/+", "#", "", "a\0"})
  void given_a_topic_that_nothing_can_be_published_to_when_checked_then_its_fault_is_told(
      String topic) {
    assertThat(TopicName.fault(topic)).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plant/#",
        "/a",
        "//",
        "a//b/",
        "+/+",
        "a?b&c=d%20",
        "{{secret}}",
        "${body}",
        "~41",
        "ü/日本",
        "a b"
      })
  void given_any_filter_when_it_goes_through_an_endpoint_uri_then_it_comes_out_as_it_was(
      String filter) {
    String path = EndpointUri.escape(filter);

    assertThat(path).matches("[A-Za-z0-9_.~-]+(/[A-Za-z0-9_.~-]+)*/?");
    assertThat(EndpointUri.unescape(path)).isEqualTo(filter);
  }
}
