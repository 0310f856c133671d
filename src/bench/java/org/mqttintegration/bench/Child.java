package org.mqttintegration.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process that the benchmark started; it ends with the laboratory at the latest. */
final class Child implements AutoCloseable {

  private static final long END_SECONDS = 60;
  private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

  static {
    // the benchmark itself may be told to end
    Runtime.getRuntime().addShutdownHook(new Thread(Child::endAll));
  }

  private final Process process;
  private final Path log;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
    STARTED.add(process);
  }

  /**
   * Starts a program.
   *
   * @param directory where it runs
   * @param log where it writes; what it says on standard output is for {@link #output}
   */
  static Child start(Path directory, Path log, List<String> command) throws IOException {
    return new Child(
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(Redirect.appendTo(log.toFile()))
            .start(),
        log);
  }

  /** Starts a server, all of whose output goes to its log. */
  static Child startServer(Path directory, Path log, List<String> command) throws IOException {
    File file = log.toFile();
    return new Child(
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(file))
            .start(),
        log);
  }

  /** Not gently: their database ends at the same time. */
  private static void endAll() {
    for (Process process : STARTED) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  long pid() {
    return process.pid();
  }

  double cpuSeconds() {
    return ProcessFacts.cpuSeconds(pid());
  }

  /** What it says on standard output, line by line. */
  BufferedReader output() {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  /** Waits for its end, which has to be a good one. */
  void awaitEnd(long seconds) throws IOException, InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new IOException("A process does not end; see " + log);
    }
    if (process.exitValue() != 0) {
      throw new IOException("A process ended with %d; see %s".formatted(process.exitValue(), log));
    }
  }

  /** Takes the CPU from it, until {@link #resume}. Its connections stay. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -%s failed".formatted(name));
    }
  }

  /** Ends it as Ctrl-C does; kills it when it does not end. */
  @Override
  public void close() {
    List<ProcessHandle> descendants = process.descendants().toList();
    try {
      if (process.isAlive()) {
        resume(); // a paused process does not hear that it shall end
      }
      process.destroy();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
    STARTED.remove(process);
  }
}
