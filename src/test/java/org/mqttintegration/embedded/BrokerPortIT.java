package org.mqttintegration.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerPortIT {

  @TempDir Path directory;

  @Test
  void given_a_free_port_when_wanted_then_it_is_chosen() throws IOException {
    int free;
    try (ServerSocket socket = listen()) {
      free = socket.getLocalPort();
    }
    assertThat(port(free)).isEqualTo(free);
  }

  @Test
  void given_a_taken_port_when_wanted_then_a_free_one_is_chosen_and_preferred_from_then_on()
      throws IOException {
    int wanted;
    int chosen;
    try (ServerSocket taken = listen()) {
      wanted = taken.getLocalPort();
      chosen = port(wanted);
      assertThat(chosen).isNotEqualTo(wanted).isPositive();
    }
    assertThat(port(wanted)).as("although the wanted port is free by now").isEqualTo(chosen);
  }

  @Test
  void given_a_kept_port_when_the_setting_changes_then_the_setting_counts() throws IOException {
    try (ServerSocket taken = listen()) {
      port(taken.getLocalPort());
    }
    int other;
    try (ServerSocket socket = listen()) {
      other = socket.getLocalPort();
    }
    assertThat(port(other)).isEqualTo(other);
  }

  @Test
  void given_a_kept_port_that_is_taken_too_when_chosen_then_it_is_another() throws IOException {
    try (ServerSocket taken = listen()) {
      int wanted = taken.getLocalPort();
      int kept = port(wanted);
      try (ServerSocket second = new ServerSocket(kept, 1, InetAddress.getByName("127.0.0.1"))) {
        assertThat(port(wanted)).isNotIn(wanted, kept, second.getLocalPort());
      }
    }
  }

  private int port(int wanted) throws IOException {
    return new BrokerPort(directory.resolve("mqtt-port.properties"), wanted).choose();
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }
}
