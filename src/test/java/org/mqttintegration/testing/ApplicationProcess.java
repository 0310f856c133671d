package org.mqttintegration.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.mqttintegration.MqttIntegration;

/**
 * The application in a process of its own, so that it can be killed. It keeps its data and its port
 * over restarts.
 */
public final class ApplicationProcess implements AutoCloseable {

  /** 1 takes half the CPU until it is ready, 4 takes less of it for much work. */
  private static final int COMPILER = Integer.getInteger("process.compiler", 1);

  /** What the processor leaves over until it is ready, as if it started on another machine. */
  private static final boolean ASIDE = Boolean.getBoolean("process.starts-aside");

  private static final String ROUTES = "--mqtt-integration.route-files.directory=";

  /** With this setting it gets no password of the tests. */
  private static final String OWN_PASSWORD = "--mqtt-integration.access.initial-password";

  private final Path data = NewDataDirectory.create();
  private final int port;
  private final List<String> settings;
  private final Map<String, String> environment = new HashMap<>();
  private File directory = new File("").getAbsoluteFile();
  private Process process;

  /** Not started yet. */
  public ApplicationProcess(String... settings) throws IOException {
    this.port = Ports.free();
    this.settings = List.of(settings);
  }

  /**
   * One without the embedded broker and the demonstration, and without route files unless they name
   * a folder, with these settings.
   */
  public static ApplicationProcess alone(String... settings) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--mqtt-integration.embedded.mqtt.enabled=false",
                "--mqtt-integration.demonstration.enabled=false"));
    all.addAll(List.of(settings));
    if (all.stream().noneMatch(setting -> setting.startsWith(ROUTES))) {
      all.add(ROUTES + "target/no-routes");
    }
    return new ApplicationProcess(all.toArray(String[]::new));
  }

  /** Gives it an environment variable. */
  public ApplicationProcess with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Has it start in another folder. */
  public ApplicationProcess in(Path folder) {
    directory = folder.toFile();
    return this;
  }

  /** Starts it, and waits until it is ready. */
  public void start() throws IOException {
    launch();
    Awaitility.await()
        .atMost(Duration.ofMinutes(ASIDE ? 10 : 3))
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptions()
        .failFast("the application ended, see its log", () -> !process.isAlive())
        .until(() -> api().anonymous().get("//actuator/health/readiness").status() == 200);
    if (ASIDE) {
      List<String> renice = new ArrayList<>(List.of("renice", "-n", "0", "-p"));
      renice.addAll(List.of(new File("/proc/%d/task".formatted(pid())).list())); // its threads
      new ProcessBuilder(renice).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
  }

  /** Starts it, and does not wait. */
  public void launch() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=" + COMPILER,
                "-Dot.epg.working-dir=" + System.getProperty("ot.epg.working-dir"),
                "-cp",
                System.getProperty("java.class.path"),
                MqttIntegration.class.getName(),
                "--server.port=" + port,
                "--mqtt-integration.data-directory=" + data));
    if (settings.stream().noneMatch(setting -> setting.startsWith(OWN_PASSWORD))) {
      command.add("--" + RestApi.INITIAL_PASSWORD);
    }
    command.addAll(settings);
    if (ASIDE) {
      command.addAll(0, List.of("nice", "-n", "15"));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(data + "-application.log")));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** As kill -9 does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it as it is (SIGSTOP): it holds its connections, and does nothing. */
  public void freeze() throws IOException {
    Signals.send("STOP", process);
  }

  /** Lets it go on (SIGCONT). */
  public void thaw() throws IOException {
    Signals.send("CONT", process);
  }

  /** As Ctrl-C and {@code docker stop} do, and does not wait. */
  public void terminate() {
    process.destroy();
  }

  /** The same, and waits until it has ended; tells the exit code. */
  public int stop() throws InterruptedException {
    terminate();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("The application did not end within 60 s");
    }
    return process.exitValue();
  }

  /** Whether it was started and has not ended. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** What it logged, in all its runs. */
  public List<String> log() throws IOException {
    return Files.readAllLines(Path.of(data + "-application.log"));
  }

  /** Its data directory. */
  public Path data() {
    return data;
  }

  public RestApi api() {
    return new RestApi(() -> port, new ObjectMapper());
  }

  /** The id of the process that runs now. */
  public long pid() {
    return process.pid();
  }

  public int port() {
    return port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
