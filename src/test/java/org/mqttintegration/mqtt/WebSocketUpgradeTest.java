package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketUpgradeTest {

  private static final String ACCEPTED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection:Upgrade\r\n"
          + "Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Accept: %s\r\n\r\n";

  private final ByteArrayOutputStream asked = new ByteArrayOutputStream();

  @Test
  void given_a_path_and_headers_when_asked_then_the_request_has_them_in_order() throws IOException {
    InputStream in = answering(answer -> answer + "\u0001");

    new WebSocketUpgrade(in, asked)
        .execute(
            "[::1]:8080",
            new WebSocketOptions(
                "/a?b=c",
                List.of(
                    new UserProperty("X-A", "1"),
                    new UserProperty("Authorization", "Bearer t"),
                    new UserProperty("X-A", "2"))));

    assertThat(asked.toString(StandardCharsets.US_ASCII))
        .startsWith("GET /a?b=c HTTP/1.1\r\nHost: [::1]:8080\r\n")
        .endsWith("X-A: 1\r\nAuthorization: Bearer t\r\nX-A: 2\r\n\r\n");
    assertThat(in.read()).as("the first byte behind the answer is left").isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "101 Switching Protocols | 404 Not Found | HTTP/1.1 404 Not Found",
        "Protocol: mqtt          | Protocol: x   | no MQTT",
        "Accept: %s              | Accept: x     | does not accept",
        "HTTP/1.1                | SSH-2.0       | no HTTP",
      })
  void given_an_answer_that_is_no_upgrade_when_it_comes_then_it_is_told(
      String part, String instead, String told) {
    assertThatThrownBy(
            () ->
                new WebSocketUpgrade(answering(answer -> answer.replace(part, instead)), asked)
                    .execute("h", WebSocketOptions.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(told);
    assertThat(asked.toString(StandardCharsets.US_ASCII)).startsWith("GET /mqtt HTTP/1.1");
  }

  @Test
  void given_an_answer_that_never_ends_when_it_comes_then_it_is_refused() {
    InputStream endless =
        answering(answer -> answer.replace("\r\n\r\n", "\r\nX: " + "y".repeat(20_000)));

    assertThatThrownBy(
            () -> new WebSocketUpgrade(endless, asked).execute("h", WebSocketOptions.DEFAULT))
        .hasMessageContaining("no HTTP");
  }

  /** Answers what was asked, with the right key. */
  private InputStream answering(UnaryOperator<String> change) {
    return new InputStream() {
      private ByteArrayInputStream answer;

      @Override
      public int read() {
        if (answer == null) {
          String key =
              asked.toString(StandardCharsets.US_ASCII).replaceAll("(?s).*Key: (\\S+).*", "$1");
          String text = change.apply(ACCEPTED).replace("%s", accept(key));
          answer = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return answer.read();
      }
    };
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes());
      return Base64.getEncoder().encodeToString(digest);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
