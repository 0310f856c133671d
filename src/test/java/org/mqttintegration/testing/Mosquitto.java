package org.mqttintegration.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A mosquitto process of our own on a free loopback port; it can be stopped and started again. */
public final class Mosquitto implements AutoCloseable {

  private final Path program;
  private final Path directory;
  private final int port;
  private Process process;

  private Mosquitto(Path program, Path directory, int port) {
    this.program = program;
    this.directory = directory;
    this.port = port;
  }

  /** The machine's binary, where it has one. */
  public static Optional<Path> program() {
    return Stream.concat(
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")),
            Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"))
        .map(folder -> Path.of(folder, "mosquitto"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts one that keeps sessions, retained and queued messages on disk, without a limit to their
   * number.
   *
   * @param settings further lines of its configuration
   */
  public static Mosquitto launch(String... settings) throws IOException {
    Path program = program().orElseThrow();
    Path directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/it-data")), "mosquitto")
            .toAbsolutePath();
    int port = Ports.free();
    String configuration =
        """
        listener %d 127.0.0.1
        allow_anonymous true
        user %s
        persistence true
        persistence_location %s/
        max_queued_messages 0
        set_tcp_nodelay true
        %s
        """
            .formatted(
                port, System.getProperty("user.name"), directory, String.join("\n", settings));
    Files.writeString(directory.resolve("mosquitto.conf"), configuration);
    Mosquitto mosquitto = new Mosquitto(program, directory, port);
    mosquitto.start();
    return mosquitto;
  }

  /** Starts it again, on the same port and data. */
  public void start() throws IOException {
    process =
        new ProcessBuilder(program.toString(), "-c", directory.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("mosquitto.log").toFile()))
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::listens);
  }

  /** Stops it; what it keeps, it writes to disk. */
  public void stop() {
    end(process.toHandle()::destroy);
  }

  /** Stops it, and starts it without what it kept. */
  public void forget() throws IOException {
    stop();
    Files.deleteIfExists(directory.resolve("mosquitto.db"));
    start();
  }

  /** Stops it as it is (SIGSTOP): it holds its connections, and does nothing. */
  public void freeze() throws IOException {
    Signals.send("STOP", process);
  }

  /** Lets it go on (SIGCONT). */
  public void thaw() throws IOException {
    Signals.send("CONT", process);
  }

  /** Kills it. */
  public void kill() {
    end(process.toHandle()::destroyForcibly);
  }

  private void end(Runnable how) {
    try {
      how.run();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public String uri() {
    return "mqtt://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      if (!process.isAlive()) {
        throw new IllegalStateException("mosquitto ended:\n" + log(), e);
      }
      return false;
    }
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("mosquitto.log"));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  @Override
  public void close() {
    stop();
  }
}
