package org.mqttintegration.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Asks an HTTP server for a WebSocket that carries MQTT (RFC 6455, section 4.1; MQTT 5, section 6).
 * In place of Paho's, which sends each header once, takes any status, and trips over answers that
 * are no HTTP.
 */
final class WebSocketUpgrade {

  private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // section 1.3
  private static final int KEY_BYTES = 16;
  private static final int MAX_ANSWER_BYTES = 16 * 1024;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final InputStream in;
  private final OutputStream out;

  WebSocketUpgrade(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Asks, and checks the answer.
   *
   * @param authority host and port, as in a URI
   */
  void execute(String authority, WebSocketOptions options) throws IOException {
    byte[] nonce = new byte[KEY_BYTES];
    RANDOM.nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    out.write(request(authority, options, key).getBytes(StandardCharsets.UTF_8));
    out.flush();
    check(answer(), key);
  }

  private static String request(String authority, WebSocketOptions options, String key) {
    StringBuilder request = new StringBuilder();
    line(request, "GET " + options.path() + " HTTP/1.1");
    line(request, "Host: " + authority);
    line(request, "Upgrade: websocket");
    line(request, "Connection: Upgrade");
    line(request, "Sec-WebSocket-Key: " + key);
    line(request, "Sec-WebSocket-Protocol: mqtt");
    line(request, "Sec-WebSocket-Version: 13");
    options.headers().forEach(header -> line(request, header.name() + ": " + header.value()));
    line(request, "");
    return request.toString();
  }

  private static void line(StringBuilder request, String line) {
    request.append(line).append("\r\n");
  }

  /** Reads to the empty line, and not a byte further. */
  private String answer() throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    int newlines = 0;
    while (newlines < 2) {
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException("The connection ended within the answer");
      }
      answer.write(octet);
      if (octet != '\r') {
        newlines = octet == '\n' ? newlines + 1 : 0;
      }
      if (answer.size() > MAX_ANSWER_BYTES || (answer.size() == 1 && octet != 'H')) {
        throw new IOException("the answer is no HTTP");
      }
    }
    return answer.toString(StandardCharsets.ISO_8859_1);
  }

  private static void check(String answer, String key) throws IOException {
    String[] lines = answer.split("\r?\n");
    if (!lines[0].matches("HTTP/1\\.1 101( .*)?")) {
      throw new IOException("the server answers " + lines[0]);
    }
    Map<String, String> headers = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
        headers.put(name, line.substring(colon + 1).trim());
      }
    }
    if (!accepted(key).equals(headers.get("sec-websocket-accept"))) {
      throw new IOException("the server does not accept the WebSocket");
    }
    if (!"mqtt".equalsIgnoreCase(headers.get("sec-websocket-protocol"))) {
      throw new IOException("the server offers a WebSocket, and no MQTT on it");
    }
  }

  private static String accepted(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + SALT).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
