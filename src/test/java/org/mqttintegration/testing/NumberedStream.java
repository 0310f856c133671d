package org.mqttintegration.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Messages that many clients publish, each with a number of its own, until told to stop. A message
 * counts when the broker accepted it.
 */
public final class NumberedStream implements AutoCloseable {

  /** Many, as each one waits for the broker's delayed acknowledgements (TCP) most of the time. */
  private static final int PUBLISHERS = 16;

  private static final int IN_FLIGHT = 10;
  private static final long ANSWER_MILLIS = 60_000;

  private final String uri;
  private final String topic;
  private final int topics;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Publishers publishers;

  /**
   * Starts it. Messages with an even number have QoS 2, those with an odd one QoS 1.
   *
   * @param topic what stands before {@code /1} or {@code /2}, for the QoS
   * @param perSecond the most messages a second
   */
  public NumberedStream(String uri, String topic, int perSecond) {
    this(uri, topic, perSecond, 1);
  }

  /** The same on several topics, with a number before the QoS. */
  public NumberedStream(String uri, String topic, int perSecond, int topics) {
    this.uri = uri;
    this.topic = topic;
    this.topics = topics;
    publishers = new Publishers(perSecond);
    publishers.start(PUBLISHERS, this::publish);
  }

  /** How many messages the broker accepted until now. */
  public int accepted() {
    return accepted.get();
  }

  /** Ends it, and tells how many messages there are: all numbers below. */
  public int stop() {
    publishers.join();
    assertThat(accepted).hasValue(next.get());
    return next.get();
  }

  @Override
  public void close() {
    publishers.stop();
  }

  private void publish() {
    try (MqttTestClient client = MqttTestClient.connect(uri)) {
      Deque<IMqttToken> inFlight = new ArrayDeque<>();
      while (!publishers.isStopped()) {
        if (inFlight.size() == IN_FLIGHT) {
          accept(inFlight.remove());
        }
        int number = next.getAndIncrement();
        publishers.awaitTurn(number);
        int qos = number % 2 == 0 ? 2 : 1;
        byte[] payload = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
        inFlight.add(
            client.publishAsync(topic(number, qos), payload, qos, false, new MqttProperties()));
      }
      for (IMqttToken last : inFlight) {
        accept(last);
      }
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  private String topic(int number, int qos) {
    return topics == 1 ? topic + "/" + qos : topic + "/" + number / 2 % topics + "/" + qos;
  }

  private void accept(IMqttToken publish) throws MqttException {
    Publishers.awaitSuccess(publish, ANSWER_MILLIS);
    accepted.incrementAndGet();
  }
}
