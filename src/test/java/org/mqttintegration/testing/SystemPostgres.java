package org.mqttintegration.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/**
 * A PostgreSQL server of the programs that are installed on this machine (as Debian does), with
 * those that an operator uses beside it. It trusts its user.
 */
public final class SystemPostgres implements AutoCloseable {

  /** Who owns the databases that are made: as in production no superuser. */
  public static final String USER = "mqtt_integration";

  /** Who may do all. */
  public static final String SUPERUSER = "postgres";

  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  /** PostgreSQL does not run as root; Debian has this user for it. */
  private static final String ACCOUNT = "postgres";

  private final Path programs;
  private final Path directory;
  private final int port = Ports.free();
  private final Process server;

  /** Makes and starts one, of the newest version that is installed. */
  public SystemPostgres() throws IOException {
    programs = installed().orElseThrow();
    // not below target, whose parents need not be open to another user
    directory = Files.createTempDirectory("system-postgres");
    if (isRoot()) {
      say(SUPERUSER, List.of("chown", ACCOUNT, directory.toString()));
    }
    Path data = directory.resolve("data");
    say(
        SUPERUSER,
        asServer(
            "initdb",
            "-D",
            data.toString(),
            "-U",
            SUPERUSER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync"));
    server =
        new ProcessBuilder(
                asServer(
                    "postgres",
                    "-D",
                    data.toString(),
                    "-p",
                    Integer.toString(port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories="))
            .redirectErrorStream(true)
            .redirectOutput(Path.of(directory + ".log").toFile())
            .start();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> run("pg_isready", "-d", "postgres").contains("accepting"));
    runAs(SUPERUSER, "createuser", "--createdb", USER);
  }

  /** Where the newest version's programs are, if one is installed. */
  public static Optional<Path> installed() {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .max(Comparator.comparingInt(bin -> number(bin.getParent())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int number(Path version) {
    return Integer.parseInt(version.getFileName().toString().replaceAll("\\D.*", ""));
  }

  /** Runs one of its client programs, which must succeed; tells what it says. */
  public String run(String program, String... arguments) throws IOException {
    return runAs(USER, program, arguments);
  }

  /** The same, as another role of the server. */
  public String runAs(String role, String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
    command.addAll(List.of(arguments));
    return say(role, command);
  }

  /** The arguments that let the application use one of its databases. */
  public String[] settings(String database) {
    return new String[] {
      "--spring.datasource.url=" + url(database),
      "--spring.datasource.username=" + USER,
      "--spring.datasource.password="
    };
  }

  /** The address of a database. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  private List<String> asServer(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + ACCOUNT, "--regid=" + ACCOUNT, "--clear-groups"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private String say(String role, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PGHOST", "127.0.0.1");
    builder.environment().put("PGPORT", Integer.toString(port));
    builder.environment().put("PGUSER", role);
    builder.directory(directory.getRoot().toFile()); // a folder that its user may enter
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      Assertions.assertThat(process.waitFor()).as("%s said: %s", command, said).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return said;
  }

  @Override
  public void close() throws IOException {
    try {
      Signals.send("INT", server); // with SIGTERM it would wait for its sessions
      server.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(Path.of(directory + ".log"));
  }
}
