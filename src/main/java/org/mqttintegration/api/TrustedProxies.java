package org.mqttintegration.api;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.outbound.AddressBlock;

/**
 * Who asks, and whether by HTTPS, as trusted proxies say in {@code X-Forwarded-For}, {@code
 * -Proto}, {@code -Host} and {@code -Port}. Whoever else says so is not heard.
 *
 * <p>A proxy adds the address that it was asked from at the end of {@code X-Forwarded-For}; what
 * stands before may come from the client, and is anything. So the caller is the last address that
 * is no trusted proxy's. {@link RemoteIpValve} does the rest: by itself it trusts proxies by a
 * pattern of text, which no block of addresses is.
 */
final class TrustedProxies extends RemoteIpValve {

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final List<AddressBlock> trusted;

  TrustedProxies(List<AddressBlock> trusted) {
    this.trusted = trusted;
    setInternalProxies(".*"); // it sees none but trusted ones, and of them one address
    setRemoteIpHeader(FORWARDED_FOR);
    setProtocolHeader("X-Forwarded-Proto");
    setHostHeader("X-Forwarded-Host");
    setPortHeader("X-Forwarded-Port");
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    InetAddress peer = address(request.getRemoteAddr());
    if (peer == null || !isTrusted(peer)) {
      getNext().invoke(request, response);
      return;
    }
    List<String> given = new ArrayList<>();
    Collections.list(request.getHeaders(FORWARDED_FOR))
        .forEach(line -> given.addAll(List.of(line.split(",", -1))));
    MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
    headers.removeHeader(FORWARDED_FOR);
    headers.setValue(FORWARDED_FOR).setString(caller(given, peer).getHostAddress());
    super.invoke(request, response);
  }

  private InetAddress caller(List<String> given, InetAddress peer) {
    InetAddress caller = peer;
    for (int i = given.size() - 1; i >= 0 && isTrusted(caller); i--) {
      InetAddress before = address(given.get(i));
      if (before == null) {
        return caller;
      }
      caller = before;
    }
    return caller;
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(block -> block.contains(address, 0));
  }

  /** An address, which some write with a port; null for what is none. */
  private static @Nullable InetAddress address(String text) {
    try {
      return text.contains("/") ? null : AddressBlock.valueOf(text).network();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
