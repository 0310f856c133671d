package org.mqttintegration.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Messages that a few clients publish, each with a number of its own, until told to stop. A message
 * counts when the broker accepted it.
 */
public final class NumberedStream implements AutoCloseable {

  private static final int PUBLISHERS = 4;

  private final int port;
  private final String topic;
  private final int topics;
  private final int everyAtQosTwo;
  private final AtomicInteger next = new AtomicInteger();
  private final List<PlainPublisher> clients = new CopyOnWriteArrayList<>();
  private final Publishers publishers;

  /**
   * Starts it. Messages with an even number have QoS 2, those with an odd one QoS 1.
   *
   * @param topic what stands before {@code /1} or {@code /2}, for the QoS
   * @param perSecond the most messages a second
   */
  public NumberedStream(String uri, String topic, int perSecond) {
    this(uri, topic, perSecond, 1, 2);
  }

  /** The same on several topics, with a number before the QoS. */
  public NumberedStream(String uri, String topic, int perSecond, int topics) {
    this(uri, topic, perSecond, topics, 2);
  }

  /**
   * The same.
   *
   * @param everyAtQosTwo every so many messages one has QoS 2, from number 0 on
   */
  public NumberedStream(String uri, String topic, int perSecond, int topics, int everyAtQosTwo) {
    this.everyAtQosTwo = everyAtQosTwo;
    this.port = URI.create(uri).getPort();
    this.topic = topic;
    this.topics = topics;
    publishers = new Publishers(perSecond);
    publishers.start(PUBLISHERS, this::publish);
  }

  /** The QoS of the message with a number. */
  public int qos(int number) {
    return number % everyAtQosTwo == 0 ? 2 : 1;
  }

  /** How many messages the broker accepted until now. */
  public int accepted() {
    return clients.stream().mapToInt(PlainPublisher::accepted).sum();
  }

  /** Ends it, and tells how many messages there are: all numbers below. */
  public int stop() {
    publishers.join();
    assertThat(accepted()).isEqualTo(next.get());
    return next.get();
  }

  @Override
  public void close() {
    publishers.stop();
  }

  private void publish() {
    try (PlainPublisher client = new PlainPublisher(port, "stream-" + UUID.randomUUID())) {
      clients.add(client);
      while (!publishers.isStopped()) {
        int number = next.getAndIncrement();
        if (!publishers.isDue(number)) {
          client.flush();
          publishers.awaitTurn(number);
        }
        int qos = qos(number);
        byte[] payload = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
        client.publish(topic(number, qos), payload, qos);
      }
      client.awaitAccepted();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String topic(int number, int qos) {
    return topics == 1 ? topic + "/" + qos : topic + "/" + number / 2 % topics + "/" + qos;
  }
}
