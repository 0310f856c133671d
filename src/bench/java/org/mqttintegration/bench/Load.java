package org.mqttintegration.bench;

import java.io.IOException;
import org.mqttintegration.testing.PlainPublisher;

/**
 * Publishes at QoS 1 as fast as the broker takes it, with a client whose own cost hardly counts.
 * For one thread.
 */
final class Load implements AutoCloseable {

  private static final int TOPICS = 10;
  private static final int TICK_NANOS = 500_000;

  private final PlainPublisher client;

  Load(Broker broker) throws IOException {
    client = new PlainPublisher(broker.port(), "load");
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
    client.publish(topic + "/line" + number % TOPICS, Payloads.of(number), 1);
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

  void flush() throws IOException {
    client.flush();
  }

  /** Waits until the broker has answered everything. */
  void awaitAnswers() throws IOException {
    client.awaitAccepted();
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
