package org.mqttintegration.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What Linux tells of a process below {@code /proc}; elsewhere every figure is NaN. */
final class ProcessFacts {

  private static final boolean LINUX = Files.exists(Path.of("/proc/self/stat"));

  /** Linux counts in hundredths of a second for programs, whatever its own clock does. */
  private static final double TICKS = 100;

  private static final double MEGABYTE = 1 << 20;

  private ProcessFacts() {}

  static boolean known() {
    return LINUX;
  }

  /**
   * The CPU seconds of a process and of all that it ever started, as far as these still run or it
   * waited for them.
   */
  static double cpuSeconds(long pid) {
    if (!LINUX) {
      return Double.NaN;
    }
    LongStream living =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::descendants)
            .mapToLong(ProcessHandle::pid);
    return LongStream.concat(living, LongStream.of(pid)).mapToDouble(ProcessFacts::own).sum();
  }

  private static double own(long pid) {
    try {
      return cpuSecondsOf(Files.readString(Path.of("/proc/" + pid + "/stat")));
    } catch (IOException e) {
      return 0; // it ended just now; its parent has its time
    }
  }

  /** From the text of a {@code stat}: user and system time, own and of children waited for. */
  static double cpuSecondsOf(String stat) {
    // the name in brackets may hold anything
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int i = 11; i <= 14; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS;
  }

  /** How many threads it has. */
  static double threads(long pid) throws IOException {
    return status(pid, "Threads:");
  }

  /** How many files it has open whose name begins so. */
  static double files(long pid, String begin) throws IOException {
    if (!LINUX) {
      return Double.NaN;
    }
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return files.filter(file -> name(file).startsWith(begin)).count();
    }
  }

  private static String name(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return "closed just now";
    }
  }

  /** Resident memory in MB (2^20 bytes). */
  static double residentMegabytes(long pid) throws IOException {
    return status(pid, "VmRSS:") / 1024;
  }

  /** Live objects of a JVM's heap: the histogram collects the garbage first, and sums them up. */
  static double liveHeapMegabytes(long pid) throws IOException, InterruptedException {
    return Programs.say(Programs.jdk("jcmd"), Long.toString(pid), "GC.class_histogram")
        .lines()
        .filter(line -> line.startsWith("Total"))
        .mapToDouble(line -> Double.parseDouble(line.strip().split("\\s+", -1)[2]) / MEGABYTE)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double status(long pid, String key) throws IOException {
    if (!LINUX) {
      return Double.NaN;
    }
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith(key))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(Double.NaN);
  }
}
