package org.mqttintegration.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Programs of this machine, and loopback ports for them. */
final class Programs {

  private Programs() {}

  /** A program of this machine, where it has one. */
  static Optional<Path> find(String name) {
    return Stream.concat(
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")),
            Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A program that has to be there. */
  static String require(String name) {
    return find(name)
        .map(Path::toString)
        .orElseThrow(() -> new IllegalStateException("This needs the program " + name));
  }

  /** A program of the JDK that runs us. */
  static String jdk(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** The command of a JVM that runs a class of the benchmark. */
  static Stream<String> java(Class<?> main, Class<?>... uses) throws URISyntaxException {
    Set<String> places = new LinkedHashSet<>();
    places.add(place(main));
    for (Class<?> use : uses) {
      places.add(place(use));
    }
    return Stream.of(jdk("java"), "-Xmx256m", "-cp", String.join(":", places), main.getName());
  }

  private static String place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** What a program says; it has to end by itself. */
  static String say(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
