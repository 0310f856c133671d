package org.mqttintegration.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Rules, and names whose addresses tests choose; all other names are really looked up. */
public final class OutboundOfTests {

  private final Map<String, Queue<String>> scripts = new ConcurrentHashMap<>();
  private final OutboundAddresses addresses;

  private OutboundOfTests(Map<String, String> settings, String... databases) {
    this.addresses =
        new OutboundAddresses(
            settings(settings), this::resolve, new OwnDatabase(List.of(databases), this::resolve));
  }

  /** As without any setting, and with no database. */
  public static OutboundAddresses defaults() {
    return new OutboundOfTests(Map.of()).addresses();
  }

  /** With settings of {@code mqtt-integration.outbound}, by their last name. */
  public static OutboundOfTests with(Map<String, String> settings, String... databases) {
    return new OutboundOfTests(settings, databases);
  }

  /**
   * Has a name look-ups that answer one after the other; the last one stays.
   *
   * @param lookUps addresses, separated by blanks, of each look-up
   */
  public OutboundOfTests name(String host, String... lookUps) {
    scripts.put(host, new ArrayDeque<>(List.of(lookUps)));
    return this;
  }

  public OutboundAddresses addresses() {
    return addresses;
  }

  static OutboundSettings settings(Map<String, String> settings) {
    Map<String, String> named = new ConcurrentHashMap<>();
    settings.forEach((name, value) -> named.put("outbound." + name, value));
    return new Binder(new MapConfigurationPropertySource(named))
        .bindOrCreate("outbound", OutboundSettings.class);
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    Queue<String> script = scripts.get(host);
    if (script == null) {
      return InetAddress.getAllByName(host);
    }
    String answer = script.size() > 1 ? script.remove() : script.element();
    if (answer.isEmpty()) {
      throw new UnknownHostException(host);
    }
    return Arrays.stream(answer.split(" "))
        .flatMap(literal -> Stream.of(literal(literal)))
        .toArray(InetAddress[]::new);
  }

  static InetAddress literal(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
