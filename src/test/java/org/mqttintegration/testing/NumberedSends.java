package org.mqttintegration.testing;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * REST callers that send one after the other, each time with another number for its payload and its
 * Idempotency-Key. What had no answer, as the application is not there, a caller repeats until it
 * is accepted; then it goes on.
 */
public final class NumberedSends implements AutoCloseable {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int ACCEPTED = 202;
  private static final int CONFLICT = 409;
  private static final int SERVER_ERROR = 500;

  private final RestApi api;
  private final int count;
  private final IntFunction<Map<String, Object>> messages;
  private final String keys = UUID.randomUUID().toString();
  private final AtomicInteger callers = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger tries = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Queue<Accepted> sends = new ConcurrentLinkedQueue<>();
  private final Publishers publishers;

  /**
   * A send that the application accepted.
   *
   * @param number its payload
   * @param caller who sent it, counted from 0
   * @param id its id
   */
  public record Accepted(int number, int caller, long id) {}

  /**
   * Starts it.
   *
   * @param callers how many there are
   * @param perSecond the most sends a second
   * @param count how many sends, unless it is stopped before
   * @param messages the body for a number, without the payload
   */
  public NumberedSends(
      RestApi api,
      int callers,
      int perSecond,
      int count,
      IntFunction<Map<String, Object>> messages) {
    this.api = api;
    this.count = count;
    this.messages = messages;
    publishers = new Publishers(perSecond);
    publishers.start(callers, this::call);
  }

  /** How many requests there were until now, with those that had no answer. */
  public int tries() {
    publishers.failAsTheyDid();
    return tries.get();
  }

  /** How many sends were accepted until now. */
  public int accepted() {
    publishers.failAsTheyDid();
    return accepted.get();
  }

  /** Ends it, and gives what the application accepted. */
  public List<Accepted> stop() {
    publishers.join();
    return List.copyOf(sends);
  }

  @Override
  public void close() {
    publishers.stop();
  }

  private void call() {
    int caller = callers.getAndIncrement();
    int number;
    while (!publishers.isStopped() && (number = next.getAndIncrement()) < count) {
      publishers.awaitTurn(number);
      send(number, caller);
    }
  }

  private void send(int number, int caller) {
    Map<String, Object> message = new HashMap<>(messages.apply(number));
    message.put("payload", Integer.toString(number));
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "Idempotency-Key", keys + number);
    while (!publishers.isStopped()) {
      tries.incrementAndGet();
      try {
        RestApi.Answer answer = api.send("POST", "/sends", message, headers);
        if (isFinal(answer)) {
          long id = answer.expect(ACCEPTED).json().required("id").asLong();
          sends.add(new Accepted(number, caller, id));
          accepted.incrementAndGet();
          return;
        }
      } catch (UncheckedIOException away) {
        // killed, or not there yet
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  /** A conflict: the database is still at what was asked for before the application was killed. */
  private static boolean isFinal(RestApi.Answer answer) {
    return answer.status() < SERVER_ERROR && answer.status() != CONFLICT;
  }
}
