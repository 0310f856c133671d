package org.mqttintegration.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which addresses may be connected to. Whoever connects looks a name up once, here, asks about
 * what was found, and connects to that: a name that is looked up again may be another address.
 */
public final class OutboundAddresses {

  private static final String SETTING = "mqtt-integration.outbound.";

  private final OutboundSettings settings;
  private final NameResolver names;
  private final OwnDatabase database;

  OutboundAddresses(OutboundSettings settings, NameResolver names, OwnDatabase database) {
    this.settings = settings;
    this.names = names;
    this.database = database;
  }

  /**
   * Looks a name up.
   *
   * @param host a name, or an address without brackets
   */
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    return List.of(names.resolve(host));
  }

  /**
   * Those of a name's addresses that may be connected to.
   *
   * @param host the name, for the message
   * @throws OutboundRefusedException when there are none, with the rule that refuses the first
   */
  public List<InetSocketAddress> permitted(String host, List<InetAddress> addresses, int port)
      throws OutboundRefusedException {
    List<InetSocketAddress> permitted = new ArrayList<>();
    OutboundRefusedException first = null;
    for (InetAddress address : addresses) {
      String reason = refusal(address, port);
      if (reason == null) {
        permitted.add(new InetSocketAddress(named(host, address), port));
      } else if (first == null) {
        first = refused(host, address, port, reason);
      }
    }
    if (permitted.isEmpty() && first != null) {
      throw first;
    }
    return permitted;
  }

  /**
   * Checks an address just before it is connected to.
   *
   * @throws OutboundRefusedException when it must not be, with the rule
   */
  public void check(InetSocketAddress address) throws OutboundRefusedException {
    InetAddress resolved = address.getAddress();
    if (resolved == null) {
      throw new OutboundRefusedException(address + " is not resolved, and cannot be checked");
    }
    String reason = refusal(resolved, address.getPort());
    if (reason != null) {
      throw refused(address.getHostString(), resolved, address.getPort(), reason);
    }
  }

  /**
   * The address to connect to in place of one that may not be resolved yet.
   *
   * @throws OutboundRefusedException when it must not be connected to, with the rule
   */
  InetSocketAddress permitted(SocketAddress wanted) throws IOException {
    if (!(wanted instanceof InetSocketAddress address)) {
      throw new OutboundRefusedException(wanted + " is no address that can be checked");
    }
    if (address.isUnresolved()) {
      return find(address.getHostString(), address.getPort()).get(0);
    }
    check(address);
    return address;
  }

  /** Looks a name up and answers those of its addresses that may be connected to. */
  List<InetSocketAddress> find(String host, int port)
      throws UnknownHostException, OutboundRefusedException {
    return permitted(host, resolve(host), port);
  }

  private static OutboundRefusedException refused(
      String host, InetAddress address, int port, String reason) {
    String literal = address.getHostAddress();
    String place = literal.contains(":") ? "[%s]:%d" : "%s:%d";
    String of = host.equals(literal) ? "" : " (%s)".formatted(host);
    return new OutboundRefusedException(
        "%s%s must not be connected to: %s".formatted(place.formatted(literal, port), of, reason));
  }

  /** Why an address must not be connected to; null when it may be. */
  private @Nullable String refusal(InetAddress address, int port) {
    InetAddress target = EmbeddedIpv4.of(address);
    if (!settings.ownDatabase() && database.isAt(target, port)) {
      return "it is the application's own database; %sown-database: true permits it"
          .formatted(SETTING);
    }
    if (find(settings.exceptions(), target, port) != null) {
      return null;
    }
    AddressBlock denied = find(settings.deny(), target, port);
    if (denied == null) {
      denied = find(settings.deny(), address, port);
    }
    if (denied != null) {
      return SETTING + "deny has " + denied;
    }
    return find(settings.allow(), target, port) == null ? SETTING + "allow does not have it" : null;
  }

  private static @Nullable AddressBlock find(
      List<AddressBlock> blocks, InetAddress address, int port) {
    return blocks.stream().filter(block -> block.contains(address, port)).findFirst().orElse(null);
  }

  /** The address with its name, which TLS asks for, so that it is never looked up from there. */
  private static InetAddress named(String host, InetAddress address) {
    try {
      return InetAddress.getByAddress(host, address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }
}
