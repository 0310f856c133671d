package org.mqttintegration.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Request STORED = new Request("a", 5, true, null, Colour.DARK_RED);

  private final MergePatch patch = new MergePatch(JSON);

  enum Colour {
    DARK_RED
  }

  record Request(
      String text,
      Integer number,
      Boolean flag,
      @JsonInclude(JsonInclude.Include.NON_NULL) WriteOnly secret,
      Colour colour) {}

  @Test
  void given_a_patch_when_applied_then_named_fields_change_and_the_others_stay() throws Exception {
    assertThat(apply("{\"number\":6}")).isEqualTo(new Request("a", 6, true, null, Colour.DARK_RED));
  }

  @Test
  void given_null_when_applied_then_the_field_is_removed() throws Exception {
    assertThat(apply("{\"text\":null,\"flag\":null}"))
        .isEqualTo(new Request(null, 5, null, null, Colour.DARK_RED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"part\":{\"b\":9}};1;9",
        "{\"part\":{\"b\":null}};1;",
        "{\"part\":{}};1;2",
        "{\"text\":\"x\"};1;2"
      })
  void given_an_object_in_an_object_when_patched_then_what_the_patch_does_not_name_stays(
      String given, Integer a, Integer b) throws Exception {
    assertThat(
            patch.apply(new Whole("t", new Part(1, 2)), JSON.readTree(given), Whole.class).part())
        .isEqualTo(new Part(a, b));
  }

  @Test
  void given_an_object_that_was_not_there_when_patched_then_it_is_what_the_patch_says()
      throws Exception {
    Whole patched =
        patch.apply(new Whole("t", null), JSON.readTree("{\"part\":{\"b\":9}}"), Whole.class);
    assertThat(patched.part()).isEqualTo(new Part(null, 9));
    assertThat(patch.apply(patched, JSON.readTree("{\"part\":null}"), Whole.class).part()).isNull();
  }

  record Whole(String text, Part part) {}

  record Part(Integer a, Integer b) {}

  @Test
  void given_an_empty_patch_when_applied_then_nothing_changes() throws Exception {
    assertThat(apply("{}")).isEqualTo(STORED);
  }

  @Test
  void given_a_secret_when_patched_then_absent_keeps_it_and_null_removes_it() throws Exception {
    assertThat(apply("{}").secret()).isNull();
    assertThat(apply("{\"secret\":null}").secret()).isEqualTo(new WriteOnly(null));
    assertThat(apply("{\"secret\":\"new\"}").secret()).isEqualTo(new WriteOnly("new"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"other\":1};other",
        "{\"other\":null};other",
        "{\"number\":\"x\"};number",
        "{\"number\":1.5};number",
        "{\"number\":{}};number",
        "{\"text\":[1]};text",
        "{\"secret\":{}};secret",
        "{\"colour\":\"blue\"};colour",
        "[];''",
        "null;''",
        "1;''"
      })
  void given_a_patch_that_does_not_fit_when_applied_then_the_field_is_named(
      String given, String field) {
    assertThat(Violations.fields(() -> apply(given))).containsExactly(field);
  }

  @Test
  void given_a_wrong_value_when_refused_then_the_message_does_not_repeat_it() {
    assertThat(Violations.errors(() -> apply("{\"number\":\"hunter2\"}")))
        .singleElement()
        .satisfies(error -> assertThat(error.message()).doesNotContain("hunter2"));
  }

  @Test
  void given_a_secret_when_written_anywhere_then_it_is_not_shown() throws Exception {
    WriteOnly secret = new WriteOnly("hunter2");
    assertThat(secret.toString()).doesNotContain("hunter2");
    assertThat(JSON.writeValueAsString(secret)).doesNotContain("hunter2");
  }

  private Request apply(String given) throws Exception {
    return patch.apply(STORED, JSON.readTree(given), Request.class);
  }
}
