package org.mqttintegration.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The compose file of the project, under a project name of its own.
 *
 * @param environment what the file takes from the environment
 */
public record Compose(Map<String, String> environment) {

  private static final String PROJECT = "mqtt-integration-it";

  /** The images that the file names. */
  public static final List<String> IMAGES =
      List.of("postgres:17", "eclipse-mosquitto:2", "eclipse-temurin:17-jre");

  /** Why it cannot be brought up here, {@code ""} when it can. */
  public static String reasonAgainst() {
    for (String image : IMAGES) {
      String reason = Docker.reasonAgainst(image);
      if (!reason.isEmpty()) {
        return reason;
      }
    }
    return command().isEmpty() ? "neither docker compose nor docker-compose is installed" : "";
  }

  /** Brings it up in the background. */
  public void up() throws IOException, InterruptedException {
    run(Duration.ofMinutes(5), "up", "-d");
  }

  /** Ends it and removes its volumes. */
  public void down() throws IOException, InterruptedException {
    run(Duration.ofMinutes(2), "down", "-v", "--remove-orphans");
  }

  /** What its services logged. */
  public String logs() throws IOException, InterruptedException {
    return run(Duration.ofMinutes(1), "logs", "--no-color");
  }

  /** The health of a service's container, as Docker tells it. */
  public String health(String service) throws IOException, InterruptedException {
    String container = run(Duration.ofMinutes(1), "ps", "-q", service).strip();
    return container.isEmpty()
        ? "no container"
        : execute(
                List.of("docker", "inspect", "-f", "{{.State.Health.Status}}", container),
                Map.of(),
                Duration.ofSeconds(30))
            .output()
            .strip();
  }

  private String run(Duration limit, String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(command());
    Collections.addAll(words, "-p", PROJECT);
    Collections.addAll(words, arguments);
    Result result = execute(words, environment, limit);
    if (result.status() != 0) {
      throw new IllegalStateException(String.join(" ", words) + " failed:\n" + result.output());
    }
    return result.output();
  }

  private static List<String> command() {
    for (List<String> words : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
      List<String> version = new ArrayList<>(words);
      version.add("version");
      try {
        if (execute(version, Map.of(), Duration.ofSeconds(30)).status() == 0) {
          return words;
        }
      } catch (IOException e) {
        // not installed
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return List.of();
  }

  private record Result(int status, String output) {}

  private static Result execute(List<String> words, Map<String, String> environment, Duration limit)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("compose", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(String.join(" ", words) + " takes too long");
      }
      return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
