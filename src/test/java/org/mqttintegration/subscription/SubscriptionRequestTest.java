package org.mqttintegration.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.resource.Violations;

class SubscriptionRequestTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "/", "a/+/c", "#", "+", "a/#", "$SYS/#", "$share/g/a/#", "${x}/{{y}}"})
  void given_a_topic_filter_when_checked_then_it_is_taken(String filter) {
    assertThat(fields(request(filter, 0, false, 0))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/#/b", "a+", "a#", "+a/b", "a\0b", "$share/g", "$share//a"})
  void given_a_malformed_filter_when_checked_then_topic_is_named(String filter) {
    assertThat(fields(request(filter, 0, false, 0))).containsExactly("topic");
  }

  @Test
  void given_a_filter_over_65535_bytes_when_checked_then_topic_is_named() {
    assertThat(fields(request("x".repeat(65_535), 0, false, 0))).isEmpty();
    assertThat(fields(request("x".repeat(65_536), 0, false, 0))).containsExactly("topic");
  }

  @Test
  void given_a_fault_when_told_then_it_is_the_sentence_of_the_standard_not_an_expression() {
    assertThat(errors(request("${7*7}+", 0, false, 0)))
        .singleElement()
        .satisfies(error -> assertThat(error.message()).contains("stands alone in its level"));
  }

  @ParameterizedTest
  @CsvSource({"-1,0,qos", "3,0,qos", "0,-1,retainHandling", "0,5,retainHandling"})
  void given_a_number_out_of_bounds_when_checked_then_it_is_named(
      int qos, int retainHandling, String field) {
    assertThat(fields(request("a", qos, false, retainHandling))).containsExactly(field);
  }

  @Test
  void given_a_shared_filter_with_no_local_when_checked_then_no_local_is_named() {
    assertThat(fields(request("$share/g/a", 0, true, 0))).containsExactly("noLocal");
    assertThat(fields(request("a", 0, true, 0))).isEmpty();
  }

  @Test
  void given_nothing_when_checked_then_all_required_fields_are_named() {
    assertThat(fields(new SubscriptionRequest(null, null, 3, null, null, null, null, null)))
        .containsExactly("brokerId", "qos", "topic");
    assertThat(fields(null)).containsExactly("");
  }

  private static SubscriptionRequest request(
      String topic, int qos, boolean noLocal, int retainHandling) {
    return new SubscriptionRequest(1L, topic, qos, noLocal, false, retainHandling, null, null);
  }

  private static List<String> fields(SubscriptionRequest request) {
    return errors(request).stream().map(FieldError::field).toList();
  }

  private static List<FieldError> errors(SubscriptionRequest request) {
    return Violations.errors(
        () -> Violations.validator().check(request, SubscriptionRequest::addFaults));
  }
}
