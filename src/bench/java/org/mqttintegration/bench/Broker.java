package org.mqttintegration.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A mosquitto that queues without a limit, and only in memory. */
final class Broker implements AutoCloseable {

  private final Child process;
  private final int port;

  private Broker(Child process, int port) {
    this.process = process;
    this.port = port;
  }

  static Broker start(Path directory) throws IOException, InterruptedException {
    int port = Programs.freePort();
    Path configuration = directory.resolve("mosquitto-" + port + ".conf");
    Files.writeString(
        configuration,
        """
        listener %d 127.0.0.1
        allow_anonymous true
        user %s
        persistence false
        max_queued_messages 0
        set_tcp_nodelay true
        log_type error
        """
            .formatted(port, System.getProperty("user.name")));
    Child process =
        Child.startServer(
            directory,
            directory.resolve("mosquitto-" + port + ".log"),
            List.of(Programs.require("mosquitto"), "-c", configuration.toString()));
    Broker broker = new Broker(process, port);
    Waiting.until(
        "mosquitto listens",
        Duration.ofSeconds(10),
        Duration.ofMillis(20),
        () -> Programs.listens(port));
    return broker;
  }

  int port() {
    return port;
  }

  double cpuSeconds() {
    return process.cpuSeconds();
  }

  @Override
  public void close() {
    process.close();
  }
}
