package org.mqttintegration.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Messages of QoS 0, 1 and 2 that many clients publish, each with a number of its own, and that go
 * on when the broker is restarted.
 *
 * <p>A client publishes one of each QoS at a time, in this order. That the broker took the one of
 * QoS 0 is proved by its answer to the next one on the same connection. What is not answered when
 * the connection ends is published again, but for QoS 0: nobody knows of that one.
 */
public final class LastingStream implements AutoCloseable {

  /** Many, as each one waits for the broker's delayed acknowledgements (TCP) most of the time. */
  private static final int PUBLISHERS = 8;

  private static final int EACH_QOS = 3;
  private static final long ANSWER_MILLIS = 20_000;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private final String uri;
  private final String topic;
  private final AtomicInteger rounds = new AtomicInteger();
  private final AtomicInteger unknown = new AtomicInteger();
  private final AtomicInteger count = new AtomicInteger();
  private final Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();
  private final Publishers publishers;

  /**
   * A message that the broker accepted.
   *
   * @param number its payload
   * @param qos its QoS
   * @param sent just before it was published for the first time
   * @param answered when the broker was known to have it
   * @param tries how many times it was published; the broker may have taken each as another one
   */
  public record Accepted(int number, int qos, Instant sent, Instant answered, int tries) {}

  /**
   * Starts it.
   *
   * @param topic what stands before {@code /0}, {@code /1} or {@code /2}, for the QoS
   * @param perSecond the most messages a second
   */
  public LastingStream(String uri, String topic, int perSecond) {
    this.uri = uri;
    this.topic = topic;
    publishers = new Publishers(perSecond);
    publishers.start(PUBLISHERS, this::publish);
  }

  /** How many messages the broker accepted until now. */
  public int count() {
    return count.get();
  }

  /** How many messages of QoS 0 nobody knows of: the broker was stopped around them. */
  public int unknown() {
    return unknown.get();
  }

  /** Ends it when what was begun is accepted, and gives all that was. */
  public List<Accepted> stop() {
    publishers.join();
    return List.copyOf(accepted);
  }

  @Override
  public void close() {
    publishers.stop();
  }

  private void publish() {
    Round round = null;
    while (!publishers.isStopped() || round != null) {
      try (MqttTestClient client = MqttTestClient.connect(uri)) {
        while (!publishers.isStopped() || round != null) {
          round = round == null ? next() : round;
          round.publish(client);
          round = null;
        }
      } catch (MqttException away) {
        LockSupport.parkNanos(PAUSE);
      }
    }
  }

  private Round next() {
    int number = rounds.getAndIncrement() * EACH_QOS;
    publishers.awaitTurn(number);
    return new Round(number);
  }

  /** One message of each QoS. */
  private final class Round {

    private final int first;
    private final Instant[] sent = new Instant[EACH_QOS];
    private final int[] tries = new int[EACH_QOS];
    private final boolean[] answered = new boolean[EACH_QOS];

    private Round(int first) {
      this.first = first;
    }

    private void publish(MqttTestClient client) throws MqttException {
      IMqttToken[] tokens = new IMqttToken[EACH_QOS];
      try {
        for (int qos = 0; qos < EACH_QOS; qos++) {
          if (!answered[qos]) {
            tokens[qos] = send(client, qos);
          }
        }
        for (int qos = 1; qos < EACH_QOS; qos++) {
          if (!answered[qos]) {
            Publishers.awaitSuccess(tokens[qos], ANSWER_MILLIS);
            accept(qos);
          }
        }
      } finally {
        if (!answered[0]) {
          answered[0] = true;
          unknown.incrementAndGet();
        }
      }
    }

    private IMqttToken send(MqttTestClient client, int qos) throws MqttException {
      byte[] payload = Integer.toString(first + qos).getBytes(StandardCharsets.UTF_8);
      sent[qos] = sent[qos] == null ? Instant.now() : sent[qos];
      tries[qos]++;
      return client.publishAsync(topic + "/" + qos, payload, qos, false, new MqttProperties());
    }

    private void accept(int qos) {
      Instant now = Instant.now();
      for (int i = 0; i <= qos; i++) {
        if (!answered[i] && (i == 0 || i == qos)) {
          answered[i] = true;
          accepted.add(new Accepted(first + i, i, sent[i], now, tries[i]));
          count.incrementAndGet();
        }
      }
    }
  }
}
