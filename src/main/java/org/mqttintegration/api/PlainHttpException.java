package org.mqttintegration.api;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** HTTP without TLS would be reached from other machines. */
final class PlainHttpException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final String prefix;

  /**
   * Of one listener.
   *
   * @param prefix what its settings begin with
   * @param address its address, null for all of the machine
   */
  PlainHttpException(String prefix, @Nullable InetAddress address) {
    super(
        "%s.address is %s, which other machines reach, and there is no TLS: passwords and tokens would cross the network in clear."
            .formatted(
                prefix, address == null ? "not set, all addresses" : address.getHostAddress()));
    this.prefix = prefix;
  }

  /** What to do. */
  String action() {
    return """
        Give %1$s.ssl.certificate and %1$s.ssl.certificate-private-key, a pair of PEM files;
        or listen on loopback, with %1$s.address: 127.0.0.1;
        or, where a proxy in front has the TLS, set mqtt-integration.api.plain-http-beyond-loopback: true."""
        .formatted(prefix);
  }
}
