package org.mqttintegration.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadViewTest {

  @Test
  void given_json_when_it_is_shown_then_its_values_are_as_they_were_written() {
    PayloadView view = text("{\"a\":1.2300e2,\"a\":12345678901234567890123,\"b\":\"\\u00e9\"}");

    assertThat(view.kind()).isEqualTo("json");
    assertThat(view.text())
        .isEqualTo(
            "{\n  \"a\" : 1.2300e2,\n  \"a\" : 12345678901234567890123,\n  \"b\" : \"é\"\n}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"21.5", "{\"a\":", "{} {}", "[1,]", "plain", "{a: 1}"})
  void given_what_is_no_object_or_array_when_it_is_shown_then_it_is_text(String payload) {
    assertThat(text(payload).kind()).isEqualTo("text");
    assertThat(text(payload).text()).isEqualTo(payload);
  }

  @ParameterizedTest
  @CsvSource({
    "89504e470d0a1a0a00, data:image/png",
    "ffd8ffe000, data:image/jpeg",
    "474946383961, data:image/gif",
    "524946460000000057454250, data:image/webp",
    "524946460000000057415645, ",
    "3c737667, ",
    "00, "
  })
  void given_bytes_when_they_are_shown_then_only_images_that_run_nothing_are(
      String hex, String image) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    PayloadView view =
        PayloadView.of(
            Map.of(
                "payload", Base64.getEncoder().encodeToString(bytes), "payloadEncoding", "base64"));

    assertThat(view.kind()).isEqualTo(image == null ? "binary" : "image");
    assertThat(String.valueOf(view.image())).startsWith(image == null ? "null" : image);
  }

  @Test
  void given_bytes_when_they_are_dumped_then_sixteen_stand_on_a_line() {
    assertThat(PayloadView.hex("0123456789abcdef\n".getBytes(StandardCharsets.UTF_8)).lines())
        .containsExactly(
            "00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0123456789abcdef|",
            "00000010  0a                                               |.|");
  }

  @Test
  void given_no_payload_when_it_is_shown_then_the_reason_is() {
    Map<String, Object> withheld = new HashMap<>();
    withheld.put("payload", null);
    assertThat(PayloadView.of(withheld).kind()).isEqualTo("withheld");
    assertThat(PayloadView.of(Map.of("payload", "", "payloadOmitted", "large")).kind())
        .isEqualTo("omitted");
    assertThat(text("").kind()).isEqualTo("empty");
    assertThat(text("x".repeat(300_000)).cut()).isTrue();
  }

  private static PayloadView text(String payload) {
    return PayloadView.of(Map.of("payload", payload, "payloadEncoding", "utf8"));
  }
}
