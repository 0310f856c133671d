package org.mqttintegration.testing;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A REST client that sends again and again, each time with another number for its payload, and goes
 * on when the application is not there.
 */
public final class NumberedSends implements AutoCloseable {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private final RestApi api;
  private final Map<String, Object> message;

  /** The id of each send that was accepted, by its payload. */
  private final Map<String, Long> accepted = new ConcurrentHashMap<>();

  private final CompletableFuture<Void> sending;
  private volatile boolean stopped;

  public NumberedSends(RestApi api, long brokerId, String topic, int qos) {
    this.api = api;
    this.message = Map.of("brokerId", brokerId, "topic", topic, "qos", qos);
    sending = CompletableFuture.runAsync(this::send, task -> new Thread(task, "sender").start());
  }

  /** Ends it, and gives the ids of what the application accepted, by payload. */
  public Map<String, Long> stop() {
    stopped = true;
    sending.join();
    return Map.copyOf(accepted);
  }

  @Override
  public void close() {
    stopped = true;
  }

  private void send() {
    for (int i = 0; !stopped; i++) {
      Map<String, Object> next = new HashMap<>(message);
      String payload = message.get("qos") + "-" + i;
      next.put("payload", payload);
      try {
        RestApi.Answer answer = api.post("/sends", next);
        if (answer.status() == 202) {
          accepted.put(payload, answer.json().required("id").asLong());
        }
      } catch (UncheckedIOException away) {
        // killed, or not there yet
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
