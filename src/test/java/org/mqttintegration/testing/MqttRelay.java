package org.mqttintegration.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to an MQTT broker that a test can cut, and that tells when the client behind it was served.
 */
public final class MqttRelay implements AutoCloseable {

  private static final int SUBACK = 9;

  private final ServerSocket server;
  private final int target;
  private final Duration delay;
  private final List<Link> links = new CopyOnWriteArrayList<>();

  /**
   * When a subscription was served by one connection.
   *
   * @param from just before the SUBACK was passed on
   * @param to when the connection ended or went silent, null while it lasts
   */
  public record Served(Instant from, Instant to) {}

  /** How a connection can be cut. */
  public enum Cut {
    /** Both sides see it closed (TCP FIN). */
    CLOSED,
    /** Both sides see it reset (TCP RST); what is on its way is lost. */
    RESET,
    /** Nobody sees anything, and nothing passes any more. */
    HALF_OPEN
  }

  /** Starts one on a free loopback port, to a broker on another one. */
  public MqttRelay(int target) throws IOException {
    this(target, Duration.ZERO);
  }

  /** Starts one whose other end is far: what it passes on, it passes on so much later. */
  public MqttRelay(int target, Duration delay) throws IOException {
    this.target = target;
    this.delay = delay;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Whether a connection has its SUBACK and passes everything. */
  public boolean isServing() {
    return links.stream().anyMatch(Link::isServing);
  }

  /** Cuts the connections that there are; others may come. */
  public void cut(Cut how) {
    links.forEach(link -> link.cut(how));
  }

  /** The connections that had a SUBACK, in order. */
  public List<Served> served() {
    return links.stream()
        .filter(link -> link.subscribed != null)
        .map(link -> new Served(link.subscribed, link.ended))
        .toList();
  }

  @Override
  public void close() throws IOException {
    server.close();
    links.forEach(Link::close);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        try {
          links.add(new Link(client, new Socket(InetAddress.getLoopbackAddress(), target), delay));
        } catch (IOException noBroker) {
          client.close();
        }
      } catch (IOException closed) {
        // the loop's condition looks
      }
    }
  }

  /** One connection. */
  private static final class Link {

    private final Socket client;
    private final Socket broker;
    private final Duration delay;
    private volatile Instant subscribed;
    private volatile Instant ended;
    private volatile boolean silent;

    private Link(Socket client, Socket broker, Duration delay) throws IOException {
      this.client = client;
      this.broker = broker;
      this.delay = delay;
      client.setTcpNoDelay(true);
      broker.setTcpNoDelay(true);
      daemon(() -> copy(client, broker, null));
      daemon(() -> copy(broker, client, new Packets()));
    }

    private boolean isServing() {
      return subscribed != null && ended == null;
    }

    private void cut(Cut how) {
      if (end()) {
        silent = how == Cut.HALF_OPEN;
        if (how == Cut.RESET) {
          reset(client);
          reset(broker);
        } else if (how == Cut.CLOSED) {
          close();
        }
      }
    }

    /** From now on nothing passes; tells whether that is new. */
    private synchronized boolean end() {
      boolean isNew = ended == null;
      ended = isNew ? Instant.now() : ended;
      return isNew;
    }

    private void copy(Socket from, Socket to, Packets packets) {
      byte[] buffer = new byte[16 * 1024];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          if (packets != null && packets.isIn(buffer, n, SUBACK) && subscribed == null) {
            subscribed = Instant.now();
          }
          LockSupport.parkNanos(delay.toNanos());
          if (ended == null) {
            out.write(buffer, 0, n);
          }
        }
      } catch (IOException cut) {
        // as at the end
      }
      end();
      close(from);
      if (!silent) {
        close(to);
      }
    }

    private void close() {
      close(client);
      close(broker);
    }

    private static void reset(Socket socket) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException alreadyClosed) {
        // so be it
      }
      close(socket);
    }

    private static void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException alreadyClosed) {
        // so be it
      }
    }
  }

  /** Follows the packets of a stream, by their fixed headers (MQTT 5, section 2.1). */
  private static final class Packets {

    private boolean inLength;
    private int shift;
    private int remaining;

    /** Whether a packet of that type begins in these bytes. */
    boolean isIn(byte[] bytes, int length, int type) {
      boolean found = false;
      for (int i = 0; i < length; i++) {
        if (inLength) {
          remaining |= (bytes[i] & 0x7F) << shift;
          shift += 7;
          inLength = bytes[i] < 0;
        } else if (remaining > 0) {
          int skipped = Math.min(remaining, length - i);
          remaining -= skipped;
          i += skipped - 1;
        } else {
          found |= (bytes[i] & 0xFF) >> 4 == type;
          inLength = true;
          shift = 0;
        }
      }
      return found;
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "mqtt-relay");
    thread.setDaemon(true);
    thread.start();
  }
}
