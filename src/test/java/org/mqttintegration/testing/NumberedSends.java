package org.mqttintegration.testing;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A REST client that sends a signal again and again, each time with another number for its payload,
 * and goes on when the application is not there.
 */
public final class NumberedSends implements AutoCloseable {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private final RestApi api;
  private final long signal;

  /** The history's id of each send that was answered with 200, by its payload. */
  private final Map<String, Long> accepted = new ConcurrentHashMap<>();

  private final CompletableFuture<Void> sending;
  private volatile boolean stopped;

  public NumberedSends(RestApi api, long brokerId, String topic, int qos) {
    this.api = api;
    this.signal =
        api.create(
            "/signals",
            Map.of("name", "numbers " + qos, "brokerId", brokerId, "topic", topic, "qos", qos));
    sending = CompletableFuture.runAsync(this::send, task -> new Thread(task, "sender").start());
  }

  /** Ends it, and gives the payloads that the application said to have sent. */
  public Set<String> stop() {
    stopped = true;
    sending.join();
    return Set.copyOf(accepted.keySet());
  }

  /** The history's ids of what the application said to have sent. */
  public Iterable<Long> historyIds() {
    return accepted.values();
  }

  @Override
  public void close() {
    stopped = true;
  }

  private void send() {
    for (int i = 0; !stopped; i++) {
      String payload = signal + "-" + i;
      try {
        if (api.patch("/signals/" + signal, Map.of("payload", payload)).status() == 200) {
          RestApi.Answer answer = api.sendAndWait("/signals/%d/send".formatted(signal), null);
          if (answer.status() == 200) {
            accepted.put(payload, answer.json().required("historyId").asLong());
          }
        }
      } catch (UncheckedIOException away) {
        // killed, or not there yet
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
