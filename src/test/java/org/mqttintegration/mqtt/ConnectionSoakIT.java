package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.mqtt.ScriptedBroker.Connection;

/** Reconnects leave nothing behind. */
@Isolated("it counts the threads and files of this JVM")
class ConnectionSoakIT extends ConnectionFixture {

  /** Ten lose their connections at once, since each takes its time to come back. */
  private static final List<String> CLIENTS =
      IntStream.range(0, 10).mapToObj(i -> "soak-" + i).toList();

  private static final int WARM_UP = 20;
  private static final int RECONNECTS = 200;
  private static final long MEGABYTE = 1024 * 1024;

  /** What the process holds. */
  private record Held(int threads, long files, long heap) {
    static Held now() {
      System.gc();
      System.gc();
      long files =
          ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
              ? unix.getOpenFileDescriptorCount()
              : 0;
      return new Held(
          ManagementFactory.getThreadMXBean().getThreadCount(),
          files,
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /** When the threads of links that are over have ended. */
    static Held settled() {
      AtomicReference<Held> last = new AtomicReference<>(now());
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                Held now = now();
                Held before = last.getAndSet(now);
                return now.threads() == before.threads() && now.files() == before.files();
              });
      return last.get();
    }
  }

  @Test
  void given_200_reconnects_when_they_are_done_then_threads_files_and_heap_are_as_before()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      for (String client : CLIENTS) {
        consume(client, 3, "plant/#", client, done());
        open(broker.uri(), client);
      }
      awaitSubscribed(broker, CLIENTS.size());
      reconnect(broker, WARM_UP);
      Held before = Held.settled();

      reconnect(broker, RECONNECTS);

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                Held after = Held.now();
                assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + 3);
                assertThat(after.files()).as("files").isLessThanOrEqualTo(before.files() + 5);
                assertThat(after.heap())
                    .as("heap")
                    .isLessThanOrEqualTo(before.heap() + 8 * MEGABYTE);
              });
      assertThat(CLIENTS).allMatch(client -> connections.status(client).state() == State.CONNECTED);
    }
  }

  /** Cuts so many connections, and waits until those after them are subscribed. */
  private static void reconnect(ScriptedBroker broker, int times) throws Exception {
    for (int i = 0; i < times; i += CLIENTS.size()) {
      int next = broker.connections().size() + CLIENTS.size();
      for (Connection current : last(broker)) {
        current.cut();
      }
      awaitSubscribed(broker, next);
    }
  }

  /** The connections that the clients have now. */
  private static List<Connection> last(ScriptedBroker broker) {
    List<Connection> all = List.copyOf(broker.connections());
    return all.subList(all.size() - CLIENTS.size(), all.size());
  }

  /** Waits for as many connections since the beginning, the last of which have subscribed. */
  private static void awaitSubscribed(ScriptedBroker broker, int count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                broker.connections().size() == count
                    && last(broker).stream()
                        .noneMatch(c -> c.received(ScriptedBroker.SUBSCRIBE).isEmpty()));
  }
}
