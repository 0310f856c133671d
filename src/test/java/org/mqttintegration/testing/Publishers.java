package org.mqttintegration.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Threads that publish at a rate together, until told to stop. */
final class Publishers {

  private final long start = System.nanoTime();
  private final int perSecond;
  private volatile List<CompletableFuture<Void>> threads = List.of();
  private volatile boolean stopped;

  Publishers(int perSecond) {
    this.perSecond = perSecond;
  }

  /** Starts so many threads, each with this to do. */
  void start(int count, Runnable work) {
    threads =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(work, task -> new Thread(task, "publisher").start()))
            .toList();
  }

  boolean isStopped() {
    return stopped;
  }

  /** Waits until a message's turn has come by the rate, counted from 0. */
  void awaitTurn(int number) {
    LockSupport.parkNanos(due(number) - System.nanoTime());
  }

  /** Whether a message's turn has come. */
  boolean isDue(int number) {
    return due(number) <= System.nanoTime();
  }

  private long due(int number) {
    return start + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /** Waits for the broker's answer, which is Success. Paho takes one that refuses for that. */
  static void awaitSuccess(IMqttToken publish, long millis) throws MqttException {
    publish.waitForCompletion(millis);
    assertThat(publish.getReasonCodes()).as("reason codes of the broker's answer").containsOnly(0);
  }

  void stop() {
    stopped = true;
  }

  /** Fails as one of the threads did, if one did. */
  void failAsTheyDid() {
    threads.stream()
        .filter(CompletableFuture::isCompletedExceptionally)
        .forEach(CompletableFuture::join);
  }

  /** Stops, waits for the threads, and fails as they did. */
  void join() {
    stop();
    threads.forEach(CompletableFuture::join);
  }
}
