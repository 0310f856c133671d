package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mqttintegration.mqtt.ConnectionStatus.State;

/** Reconnects leave nothing behind. */
class ConnectionSoakIT extends ConnectionFixture {

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
  }

  @Test
  void given_200_reconnects_when_they_are_done_then_threads_files_and_heap_are_as_before()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      consume(3, "plant/#", done());
      openAndWait(broker.uri());
      reconnect(broker, WARM_UP);
      Held before = Held.now();

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
      assertThat(connections.status(KEY).state()).isEqualTo(State.CONNECTED);
    }
  }

  /** Cuts the connection, and waits until the one after it is subscribed. */
  private static void reconnect(ScriptedBroker broker, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      ScriptedBroker.Connection current = broker.connections().get(broker.connections().size() - 1);
      int next = broker.connections().size() + 1;
      current.cut();
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(10))
          .until(
              () ->
                  broker.connections().size() == next
                      && !broker
                          .connections()
                          .get(next - 1)
                          .received(ScriptedBroker.SUBSCRIBE)
                          .isEmpty());
    }
  }
}
