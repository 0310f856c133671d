package org.mqttintegration.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Publishes at QoS 1 and 2 to a broker on loopback: MQTT 3.1.1 written by hand, so that the sender
 * takes little of the machine from what is tested. For one thread.
 */
public final class PlainPublisher implements AutoCloseable {

  /** How many QoS 1 messages may wait for their answer. */
  private static final int WINDOW = 2_000;

  /**
   * How many QoS 2 messages may: Mosquitto takes 20 at QoS 1 and 2 together (its {@code
   * max_inflight_messages}), those of QoS 1 being answered at once, and ends the connection that
   * sends one more.
   */
  private static final int WINDOW_QOS_2 = 18;

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final int PUBLISH = 0x30;
  private static final int PUBACK = 4;
  private static final int PUBREC = 5;
  private static final int PUBREL = 0x62;
  private static final int PUBCOMP = 7;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final Semaphore window = new Semaphore(WINDOW);
  private final Semaphore windowQos2 = new Semaphore(WINDOW_QOS_2);
  private final AtomicInteger published = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile @Nullable Throwable failure;
  private int packetIdentifier;

  /** Connects with a clean session, without a keepalive. */
  public PlainPublisher(int port, String clientId) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    connect(clientId);
    Thread reader = new Thread(this::readAnswers, clientId + "-answers");
    reader.setDaemon(true);
    reader.start();
  }

  private void connect(String clientId) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream connect = new DataOutputStream(body);
    connect.writeUTF("MQTT");
    connect.writeByte(4);
    connect.writeByte(0x02);
    connect.writeShort(0);
    connect.writeUTF(clientId);
    out.writeByte(0x10);
    out.writeByte(body.size());
    body.writeTo(out);
    out.flush();
    byte[] connack = in.readNBytes(4);
    if (connack.length < 4 || connack[3] != 0) {
      throw new IOException("The broker refused the publisher");
    }
  }

  /** Publishes a message; what is written may wait until {@link #flush}. */
  public void publish(String topic, byte[] payload, int qos)
      throws IOException, InterruptedException {
    Semaphore room = qos == 2 ? windowQos2 : window;
    if (!room.tryAcquire()) {
      flush();
      room.acquire();
      check();
    }
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      published.incrementAndGet();
      packetIdentifier = packetIdentifier % 0xFFFF + 1;
      out.writeByte(PUBLISH | qos << 1);
      length(2 + name.length + 2 + payload.length);
      out.writeShort(name.length);
      out.write(name);
      out.writeShort(packetIdentifier);
      out.write(payload);
    }
  }

  private void length(int value) throws IOException {
    int rest = value;
    while (rest > 0x7F) {
      out.writeByte((rest & 0x7F) | 0x80);
      rest >>= 7;
    }
    out.writeByte(rest);
  }

  public void flush() throws IOException {
    synchronized (out) {
      out.flush();
    }
  }

  /** How many messages the broker has taken over for good. */
  public int accepted() {
    return accepted.get();
  }

  /** Waits until the broker has taken over all. */
  public void awaitAccepted() throws IOException {
    flush();
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> accepted() == published.get() || failure != null);
    check();
  }

  private void check() {
    Throwable failed = failure;
    if (failed != null) {
      throw new IllegalStateException("The broker is gone", failed);
    }
  }

  private void readAnswers() {
    try {
      while (true) {
        answered(in.readUnsignedByte() >> 4, in.readUnsignedByte(), in.readUnsignedShort());
        if (in.available() == 0) {
          flush();
        }
      }
    } catch (IOException e) {
      fail(e); // closed by us, or by the broker
    }
  }

  private void answered(int type, int length, int identifier) throws IOException {
    if (length != 2) {
      throw new IOException("An answer of %d bytes".formatted(length));
    }
    if (type == PUBREC) {
      synchronized (out) {
        out.writeByte(PUBREL);
        out.writeByte(2);
        out.writeShort(identifier);
      }
    } else if (type == PUBACK) {
      accepted.incrementAndGet();
      window.release();
    } else if (type == PUBCOMP) {
      accepted.incrementAndGet();
      windowQos2.release();
    }
  }

  private void fail(Throwable cause) {
    failure = cause;
    window.release(WINDOW);
    windowQos2.release(WINDOW_QOS_2);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
