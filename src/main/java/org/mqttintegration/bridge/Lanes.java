package org.mqttintegration.bridge;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.mqttintegration.history.RecordedMessage;

/**
 * Works on messages in the order of their topics: those of one topic one after the other, different
 * topics side by side. What may be in memory is bounded; who adds more waits.
 */
final class Lanes {

  private final ExecutorService workers;
  private final Consumer<Item> work;
  private final int limit;
  private final long byteLimit;
  private final Map<String, Queue<Item>> lanes = new HashMap<>();
  private int count;
  private long bytes;
  private boolean closed;

  /** A message and its step of the route's progress. */
  record Item(RecordedMessage message, Progress.Step step) {}

  /**
   * @param workers as many threads as topics may be worked on at once
   * @param work what is done with each; it must not throw
   */
  Lanes(ExecutorService workers, BridgeSettings settings, Consumer<Item> work) {
    this.workers = workers;
    this.work = work;
    this.limit = settings.window();
    this.byteLimit = settings.windowBytes().toBytes();
  }

  /** Waits until there is room, at most that long; how many messages may be added then. */
  synchronized int awaitRoom(long millis) throws InterruptedException {
    if (room() == 0) {
      wait(millis);
    }
    return room();
  }

  private int room() {
    return bytes >= byteLimit ? 0 : limit - count;
  }

  /** Adds a message; it begins when those before it of its topic have ended. */
  synchronized void add(Item item) {
    if (closed) {
      return;
    }
    count++;
    bytes += item.message().payload().length;
    String topic = item.message().topic();
    Queue<Item> lane = lanes.get(topic);
    if (lane == null) {
      lane = new ArrayDeque<>();
      lanes.put(topic, lane);
      workers.execute(() -> workOn(topic));
    }
    lane.add(item);
  }

  /** One message, and then other lanes have their turn. */
  private void workOn(String topic) {
    Item item;
    synchronized (this) {
      Queue<Item> lane = lanes.get(topic);
      if (closed || lane == null) {
        return;
      }
      item = lane.element();
    }
    work.accept(item);
    ended(topic, item);
  }

  private synchronized void ended(String topic, Item item) {
    count--;
    bytes -= item.message().payload().length;
    Queue<Item> lane = lanes.get(topic);
    if (lane != null) {
      lane.remove();
      if (lane.isEmpty()) {
        lanes.remove(topic);
      } else if (!closed) {
        workers.execute(() -> workOn(topic));
      }
    }
    notifyAll();
  }

  /** Forgets what has not begun; nothing more begins. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
