package org.mqttintegration.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/** Makes sockets that are connected only to what may be connected to. */
public final class CheckedSocketFactory extends SocketFactory {

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /** PostgreSQL's driver makes the factory itself, of a class and a text. */
  private static final Map<String, OutboundAddresses> BY_NUMBER = new ConcurrentHashMap<>();

  private final OutboundAddresses addresses;

  CheckedSocketFactory(OutboundAddresses addresses) {
    this.addresses = addresses;
  }

  /**
   * As PostgreSQL's driver makes it.
   *
   * @param number the value of {@code socketFactoryArg} in {@link #postgres}
   */
  public CheckedSocketFactory(String number) {
    this(Objects.requireNonNull(BY_NUMBER.get(number), "no such rules"));
  }

  /** The properties of a connection that have PostgreSQL's driver use such sockets. */
  public static Map<String, String> postgres(OutboundAddresses addresses) {
    String number = Integer.toString(NUMBERS.incrementAndGet());
    BY_NUMBER.put(number, addresses);
    return Map.of(
        "socketFactory", CheckedSocketFactory.class.getName(), "socketFactoryArg", number);
  }

  @Override
  public Socket createSocket() {
    return new CheckedSocket(addresses);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(InetSocketAddress.createUnresolved(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(InetSocketAddress.createUnresolved(host, port), from, fromPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), from, fromPort);
  }

  private Socket connected(InetSocketAddress to, InetAddress from, int fromPort)
      throws IOException {
    Socket socket = createSocket();
    socket.bind(new InetSocketAddress(from, fromPort));
    return connected(socket, to);
  }

  private Socket connected(InetSocketAddress to) throws IOException {
    return connected(createSocket(), to);
  }

  private static Socket connected(Socket socket, InetSocketAddress to) throws IOException {
    try {
      socket.connect(to);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
