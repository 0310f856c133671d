package org.mqttintegration.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/**
 * Publishes at QoS 1 as fast as the broker takes it: MQTT 3.1.1 written by hand, so that the
 * sender's own cost hardly counts. For one thread.
 */
final class Load implements AutoCloseable {

  /** How many messages may wait for their PUBACK. */
  private static final int WINDOW = 2_000;

  private static final int TOPICS = 10;
  private static final int TICK_NANOS = 500_000;
  private static final int PUBLISH_QOS1 = 0x32;
  private static final int PUBACK_LENGTH = 4;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final Semaphore window = new Semaphore(WINDOW);
  private int packetId;

  /** Connects with a clean session, without a keepalive. */
  Load(Broker broker) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), broker.port());
    socket.setTcpNoDelay(true);
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream connect = new DataOutputStream(body);
    connect.writeUTF("MQTT");
    connect.writeByte(4);
    connect.writeByte(0x02);
    connect.writeShort(0);
    connect.writeUTF("load");
    out.writeByte(0x10);
    out.writeByte(body.size());
    body.writeTo(out);
    out.flush();
    byte[] connack = in.readNBytes(4);
    if (connack.length < 4 || connack[3] != 0) {
      throw new IOException("The broker refused the publisher");
    }
    Thread reader = new Thread(this::readAnswers, "load-answers");
    reader.setDaemon(true);
    reader.start();
  }

  /** Publishes the messages with the numbers from 0, and waits until the broker has answered. */
  static void publishAll(Broker broker, String topic, int messages)
      throws IOException, InterruptedException {
    try (Load load = new Load(broker)) {
      for (int i = 0; i < messages; i++) {
        load.publish(topic, i);
      }
      load.awaitAnswers();
    }
  }

  /**
   * Publishes the message with a number, on one of ten topics below the given one; what is written
   * may wait until {@link #flush}.
   */
  void publish(String topic, int number) throws IOException, InterruptedException {
    write(topic + "/line" + number % TOPICS, Payloads.of(number));
  }

  /** Publishes so many a second, in ticks, and tells how many seconds it took. */
  double publishEvenly(String topic, int messages, int rate)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    int sent = 0;
    while (sent < messages) {
      long due = Math.min(messages, (long) ((System.nanoTime() - begin) / 1e9 * rate) + 1);
      while (sent < due) {
        publish(topic, sent);
        sent++;
      }
      flush();
      Thread.sleep(0, TICK_NANOS);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private void write(String topic, byte[] payload) throws IOException, InterruptedException {
    if (!window.tryAcquire()) {
      out.flush();
      window.acquire();
    }
    packetId = packetId % 0xFFFF + 1;
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    out.writeByte(PUBLISH_QOS1);
    length(2 + name.length + 2 + payload.length);
    out.writeShort(name.length);
    out.write(name);
    out.writeShort(packetId);
    out.write(payload);
  }

  private void length(int value) throws IOException {
    int rest = value;
    while (rest > 0x7F) {
      out.writeByte((rest & 0x7F) | 0x80);
      rest >>= 7;
    }
    out.writeByte(rest);
  }

  void flush() throws IOException {
    out.flush();
  }

  /** Waits until the broker has answered everything. */
  void awaitAnswers() throws IOException, InterruptedException {
    out.flush();
    window.acquire(WINDOW);
    window.release(WINDOW);
  }

  private void readAnswers() {
    try {
      while (true) {
        in.readFully(new byte[PUBACK_LENGTH]);
        window.release();
      }
    } catch (EOFException e) {
      // the broker is gone, and the contestant's rows will say so
    } catch (IOException e) {
      // closed by us
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
