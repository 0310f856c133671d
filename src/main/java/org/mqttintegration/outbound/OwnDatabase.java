package org.mqttintegration.outbound;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where the application's own database is. Its names are resolved each time, since a database may
 * move; what they were last counts while they cannot be.
 */
final class OwnDatabase {

  private final NameResolver names;
  private final List<Server> servers;
  private final Map<String, List<InetAddress>> known = new ConcurrentHashMap<>();

  private record Server(String host, int port) {}

  /**
   * Reads the servers out of the URLs.
   *
   * @param urls JDBC URLs of PostgreSQL, each with one server or several
   */
  OwnDatabase(List<String> urls, NameResolver names) {
    this.names = names;
    this.servers = urls.stream().flatMap(url -> servers(url).stream()).distinct().toList();
  }

  private static List<Server> servers(String url) {
    List<Server> servers = new ArrayList<>();
    Properties parsed = Driver.parseURL(url, null);
    if (parsed != null) {
      String[] hosts = text(PGProperty.PG_HOST.getOrDefault(parsed)).split(",");
      String[] ports = text(PGProperty.PG_PORT.getOrDefault(parsed)).split(",");
      for (int i = 0; i < hosts.length; i++) {
        String host = hosts[i].replaceAll("^\\[|]$", "");
        servers.add(new Server(host, Integer.parseInt(ports[Math.min(i, ports.length - 1)])));
      }
    }
    return servers;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** Whether the database listens at that address and port. */
  boolean isAt(InetAddress address, int port) {
    return servers.stream()
        .filter(server -> server.port() == port)
        .flatMap(server -> addresses(server.host()).stream())
        .anyMatch(own -> own.equals(address) || (isHere(own) && isHere(address)));
  }

  private List<InetAddress> addresses(String host) {
    try {
      List<InetAddress> now = Arrays.stream(names.resolve(host)).map(EmbeddedIpv4::of).toList();
      known.put(host, now);
      return now;
    } catch (UnknownHostException e) {
      return known.getOrDefault(host, List.of());
    }
  }

  /** A server on this machine may listen at each of its addresses. */
  private static boolean isHere(InetAddress address) {
    try {
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }
}
