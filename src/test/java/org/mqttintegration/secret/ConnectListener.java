package org.mqttintegration.secret;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads the first packet of each connection, and hangs up: what a client says in CONNECT. */
public final class ConnectListener implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> packets = new CopyOnWriteArrayList<>();

  /** Listens on a free loopback port. */
  public ConnectListener() throws IOException {
    Thread reader = new Thread(this::accept, "connect-listener");
    reader.setDaemon(true);
    reader.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        byte[] packet = new byte[4_096];
        int length = socket.getInputStream().read(packet);
        packets.add(new String(packet, 0, Math.max(0, length), StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        // the next one, or the end
      }
    }
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** What came, a packet each, byte for character. */
  public List<String> packets() {
    return packets;
  }

  /** Forgets what came. */
  public void clear() {
    packets.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
