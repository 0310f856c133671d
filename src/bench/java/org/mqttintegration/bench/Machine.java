package org.mqttintegration.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What the figures were made on. */
final class Machine {

  private Machine() {}

  /** As a list in Markdown, without names of machines or paths. */
  static String facts(Laboratory laboratory)
      throws IOException, InterruptedException, SQLException {
    return """
    - %s, %s
    - %d cores%s, %s GB memory, %s %s; load before the run %s
    - JDK %s (%s); the application with `%s`
    - PostgreSQL %s, one for all, with %s
    - %s, without persistence, its queues without a limit
    - everything on this one machine, over loopback%s
    """
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            "commit " + commit(),
            Runtime.getRuntime().availableProcessors(),
            model(),
            Figures.number(memory() / (1 << 30)),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Figures.number(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()),
            System.getProperty("java.version"),
            System.getProperty("java.vm.name"),
            String.join(" ", laboratory.settings().jvm()),
            laboratory.postgres().admin().value("show server_version"),
            laboratory.postgres().settings(),
            Programs.say(Programs.require("mosquitto"), "-h")
                .lines()
                .findFirst()
                .orElse("mosquitto"),
            ProcessFacts.known()
                ? "; CPU seconds are user and system time from `/proc/<pid>/stat`, PostgreSQL's with all its sessions"
                : "; CPU seconds, threads and memory are not measured, since this is not Linux");
  }

  private static String commit() throws IOException, InterruptedException {
    String commit = Programs.say("git", "rev-parse", "--short", "HEAD");
    return commit.matches("[0-9a-f]+") ? commit : "unknown";
  }

  private static String model() throws IOException {
    Path cpus = Path.of("/proc/cpuinfo");
    if (!Files.exists(cpus)) {
      return "";
    }
    return Files.readAllLines(cpus).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
        .findFirst()
        .orElse("");
  }

  private static double memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : Double.NaN;
  }
}
