package org.mqttintegration.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL server process of a database directory, as its {@code postmaster.pid} names it.
 *
 * @param directory the database directory, absolute
 */
record PostgresProcess(Path directory) {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresProcess.class);

  /**
   * Stops a server that an instance of the application left running when it was killed, and removes
   * the pid file of one that is gone. The caller holds the data directory's lock, so no living
   * instance owns it.
   */
  void stopOrphan() throws IOException, InterruptedException {
    Optional<ProcessHandle> orphan = find();
    if (orphan.isPresent()) {
      LOG.warn(
          "stopping a database that an earlier instance left running pid={}", orphan.get().pid());
      stop(orphan.get());
    }
    // a pid that another program has by now would keep PostgreSQL from starting
    Files.deleteIfExists(pidFile());
  }

  /** Waits for a server that was told to end, and makes it end when it does not. */
  static void awaitEnd(ProcessHandle process, Duration limit) throws InterruptedException {
    if (!ended(process, limit)) {
      stop(process);
    }
  }

  /** The living server process of this directory; a process that only took over its pid is none. */
  Optional<ProcessHandle> find() throws IOException {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile());
    if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(ProcessHandle::isAlive)
        .filter(this::servesDirectory);
  }

  private boolean servesDirectory(ProcessHandle process) {
    String program =
        process.info().command().map(c -> Path.of(c).getFileName().toString()).orElse("");
    // Windows tells the program only
    String arguments = process.info().commandLine().orElse(directory.toString());
    return program.startsWith("postgres") && arguments.contains(directory.toString());
  }

  private static void stop(ProcessHandle process) throws InterruptedException {
    // SIGTERM: no new sessions; those of a killed application end by themselves
    process.destroy();
    if (!ended(process, Duration.ofSeconds(20))) {
      LOG.warn("the database does not end, killing it pid={}", process.pid());
      List<ProcessHandle> sessions = process.descendants().toList();
      process.destroyForcibly();
      for (ProcessHandle session : sessions) {
        session.destroyForcibly();
        ended(session, Duration.ofSeconds(10));
      }
      if (!ended(process, Duration.ofSeconds(10))) {
        throw new IllegalStateException(
            "PostgreSQL still runs as process %d: end it first.".formatted(process.pid()));
      }
    }
  }

  private static boolean ended(ProcessHandle process, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (runs(process)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(20);
    }
    return true;
  }

  /**
   * Not onExit(): in a container nobody may collect an ended process, which has no program then.
   */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private Path pidFile() {
    return directory.resolve("postmaster.pid");
  }
}
