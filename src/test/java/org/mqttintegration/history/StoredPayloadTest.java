package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredPayloadTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none,application/octet-stream",
        "application/json,application/json",
        "Application/JSON,application/json",
        "application/senml+json,application/senml+json",
        "text/plain; charset=utf-8,text/plain;charset=UTF-8",
        "text/plain; x=\"y\",text/plain",
        "text/html,application/octet-stream",
        "image/svg+xml,application/octet-stream",
        "application/xhtml+xml,application/octet-stream",
        "text/javascript,application/octet-stream",
        "multipart/x-mixed-replace,application/octet-stream",
        "*/*,application/octet-stream",
        "json,application/octet-stream",
        "'',application/octet-stream",
        "text/plain; charset=nowhere,application/octet-stream"
      })
  void given_a_claimed_content_type_when_answered_then_only_a_harmless_one_is_kept(
      String claimed, String answered) {
    assertThat(new StoredPayload(new byte[0], claimed).mediaType()).isEqualTo(answered);
  }

  @ParameterizedTest
  @CsvSource({"'text/plain\r\nSet-Cookie: a=b'", "'text/plain\nx'", "'text/plain;a=\"\r\nb\"'"})
  void given_a_line_break_in_it_when_answered_then_no_header_is_split(String claimed) {
    assertThat(new StoredPayload(new byte[0], claimed).mediaType()).doesNotContain("\r", "\n");
  }
}
