package org.mqttintegration.console.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Payloads as people see them. */
class PayloadViewTest {

  @Test
  void given_json_when_shown_then_it_has_lines_and_its_numbers_stay_as_written() {
    String json =
        "{\"a\":1.50,\"big\":12345678901234567890123,\"e\":1e400,\"l\":[1,{}],\"a\":\"\\u00e4\"}";

    PayloadView view = PayloadView.of(text(json), null);

    assertThat(view.kind()).isEqualTo("json");
    assertThat(view.kinds()).containsExactly("json", "text", "hex");
    assertThat(view.text())
        .isEqualTo(
            """
            {
              "a": 1.50,
              "big": 12345678901234567890123,
              "e": 1e400,
              "l": [
                1,
                { }
              ],
              "a": "ä"
            }""");
    assertThat(PayloadView.of(text(json), "text").text()).isEqualTo(json);
    assertThat(PayloadView.of(text(json), "image").kind()).isEqualTo("json");
  }

  @Test
  void given_what_only_begins_like_json_when_shown_then_it_is_text() {
    for (String text :
        List.of("{\"a\": 1", "{} {}", "[1] x", "{'a': 1}", "21.5", "[".repeat(5_000))) {
      assertThat(PayloadView.of(text(text), "json").kind()).as(text).isEqualTo("text");
    }
  }

  @Test
  void given_bytes_when_shown_then_in_hex_or_as_the_image_that_they_are() {
    PayloadView hex = PayloadView.of(bytes(new byte[] {0, 'A', '<', (byte) 0xff}), null);
    assertThat(hex.kinds()).containsExactly("hex");
    assertThat(hex.text()).startsWith("000000  00 41 3c ff ").endsWith(".A<.\n");
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};
    assertThat(PayloadView.of(bytes(png), null).text()).startsWith("data:image/png;base64,");
    Map<String, Object> drawing = text("<svg xmlns='http://www.w3.org/2000/svg'/>");
    assertThat(PayloadView.of(drawing, null).kinds()).containsExactly("text", "hex");
  }

  @Test
  void given_fields_when_looked_for_then_each_that_is_a_number_has_its_pointer() {
    NumericFields fields = new NumericFields(new ObjectMapper());

    assertThat(fields.of(text("{\"a/b\":{\"~\":1,\"x\":\"on\"},\"l\":[\"2.5\",null],\"t\":true}")))
        .containsExactly("/a~1b/~0", "/l/0", "/t");
    assertThat(fields.of(text("21.5"))).containsExactly("");
    assertThat(fields.of(text("on"))).isEmpty();
  }

  @Test
  void given_payloads_when_previewed_then_each_is_one_short_line() {
    assertThat(Preview.of(text("a\n  b\tc"), 80)).isEqualTo("a b c");
    assertThat(Preview.of(text("\uD83D\uDE00".repeat(9)), 3))
        .isEqualTo("\uD83D\uDE00".repeat(3) + "…");
    assertThat(Preview.of(text(""), 80)).isEqualTo("empty");
    assertThat(Preview.of(bytes(new byte[3]), 80)).isEqualTo("3 bytes");
    assertThat(Preview.of(Map.of("payloadWithheld", true), 80)).isNull();
  }

  private static Map<String, Object> text(String payload) {
    int size = payload.getBytes(StandardCharsets.UTF_8).length;
    return Map.of("payload", payload, "payloadEncoding", "utf8", "payloadSize", size);
  }

  private static Map<String, Object> bytes(byte[] payload) {
    return Map.of(
        "payload",
        Base64.getEncoder().encodeToString(payload),
        "payloadEncoding",
        "base64",
        "payloadSize",
        payload.length);
  }
}
