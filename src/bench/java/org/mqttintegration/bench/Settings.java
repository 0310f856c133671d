package org.mqttintegration.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sizes, from system properties {@code bench.*}. The defaults make the real run; CONTRIBUTING.md
 * shows a small one.
 */
final class Settings {

  private static final String PREFIX = "bench.";
  private static final List<String> PARTS =
      List.of("recording", "latency", "subscriptions", "pages", "sends", "console");

  /** These run only when they are named: they take long, or much of the disk. */
  private static final List<String> ON_REQUEST = List.of(GrowthPart.NAME, SoakPart.NAME);

  private final Map<String, String> given = new TreeMap<>();

  Settings() {
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(PREFIX))
        .forEach(name -> given.put(name, System.getProperty(name)));
  }

  /** The parts to run, in their order. */
  List<String> parts() {
    List<String> parts = list("parts", String.join(",", PARTS));
    if (!parts.stream().allMatch(part -> PARTS.contains(part) || ON_REQUEST.contains(part))) {
      throw new IllegalArgumentException("bench.parts are " + PARTS + ", and " + ON_REQUEST);
    }
    return parts;
  }

  int number(String name, int otherwise) {
    return Integer.parseInt(text(name, Integer.toString(otherwise)));
  }

  List<Integer> numbers(String name, String otherwise) {
    return list(name, otherwise).stream().map(Integer::valueOf).sorted().toList();
  }

  List<String> list(String name, String otherwise) {
    return Arrays.stream(text(name, otherwise).split(",")).map(String::strip).toList();
  }

  String text(String name, String otherwise) {
    return given.getOrDefault(PREFIX + name, otherwise);
  }

  /** The packaged application. */
  Path jar() {
    return Path.of(text("jar", "target/mqtt-integration.jar")).toAbsolutePath();
  }

  /** The options of the application's JVM. */
  List<String> jvm() {
    return List.of(text("jvm", "-Xmx512m").split(" "));
  }

  /** Where the document goes: into the tree only when everything ran in its real size. */
  Path report() {
    boolean real = given.keySet().stream().allMatch(name -> name.equals(PREFIX + "report"));
    return Path.of(text("report", real ? "src/docs/benchmark.md" : "target/benchmark.md"));
  }

  /** The command that gives the same sizes again. */
  String command() {
    StringBuilder command = new StringBuilder("mvn -Pbench verify");
    given.forEach(
        (name, value) -> {
          if (!name.equals(PREFIX + "report") && !name.equals(PREFIX + "jar")) {
            command.append(" -D").append(name).append('=').append(value);
          }
        });
    return command.toString();
  }
}
