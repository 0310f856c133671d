package org.mqttintegration.routefile;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.spi.PropertiesFunction;
import org.mqttintegration.routefile.check.Finding;
import org.mqttintegration.routefile.check.RouteFileCheck;
import org.mqttintegration.routefile.check.RouteFileContent;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.RouteText;
import org.mqttintegration.routefile.check.Surroundings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/**
 * The command {@code validate}: checks route files without a database, a broker or a network, and
 * prints {@code file:line:column: message} for each finding. The files may use each other.
 */
public final class ValidateCommand {

  /** The command's name, the first argument. */
  public static final String NAME = "validate";

  static final int VALID = 0;
  static final int WRONG = 1;
  static final int USAGE = 2;

  private static final Path CONFIGURATION = Path.of("config/application.yaml");
  private static final Pattern OPERATION = Pattern.compile("(?m)^ +operationId: (\\w+)$");

  private final RouteFileCheck check;
  private final DryRun dryRun;
  private final PrintStream out;
  private final Map<Path, RouteText> files = new LinkedHashMap<>();
  private final Map<Path, RouteFileContent> contents = new HashMap<>();
  private final Set<String> operations = operations();

  private ValidateCommand(RouteFileSettings settings, PrintStream out) {
    this.check = new RouteFileCheck(settings);
    this.dryRun = new DryRun(null, new AnySecret(), settings);
    this.out = out;
  }

  /**
   * Runs the command.
   *
   * @param paths route files, and folders of route files
   * @return the exit status: 0 when nothing is wrong, 1 with findings, 2 when it cannot be run so
   */
  public static int run(List<String> paths, PrintStream out) {
    LoggingSystem.get(ValidateCommand.class.getClassLoader()).beforeInitialize();
    if (paths.isEmpty() || paths.stream().anyMatch(path -> path.startsWith("-"))) {
      out.println("Usage: java -jar mqtt-integration.jar validate <file or folder>...");
      return USAGE;
    }
    try {
      ValidateCommand command = new ValidateCommand(settings(), out);
      for (String path : paths) {
        command.read(Path.of(path));
      }
      return command.check();
    } catch (IOException e) {
      out.println("Cannot read " + e.getMessage());
      return USAGE;
    }
  }

  /** The settings that the application would have if it were started here. */
  private static RouteFileSettings settings() throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    if (Files.isRegularFile(CONFIGURATION)) {
      new YamlPropertySourceLoader()
          .load("configuration", new FileSystemResource(CONFIGURATION))
          .forEach(environment.getPropertySources()::addLast);
    }
    return Binder.get(environment)
        .bindOrCreate("mqtt-integration.route-files", RouteFileSettings.class);
  }

  private void read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> entries = Files.list(path)) {
        for (Path entry : entries.sorted().toList()) {
          if (RouteFolder.NAME.matcher(name(entry)).matches()) {
            read(entry);
          }
        }
      }
    } else {
      String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
      files.put(path, new RouteText(name(path), text));
    }
  }

  private static String name(Path path) {
    return Objects.requireNonNull(path.getFileName()).toString();
  }

  private int check() {
    files.forEach((path, file) -> contents.put(path, check.check(file, Surroundings.none())));
    int wrong = 0;
    for (Map.Entry<Path, RouteText> entry : files.entrySet()) {
      for (Finding finding : findings(entry.getKey(), entry.getValue())) {
        out.printf("%s:%s%n", entry.getKey(), finding);
        wrong++;
      }
    }
    return wrong == 0 ? VALID : WRONG;
  }

  private List<Finding> findings(Path path, RouteText file) {
    if (!RouteFolder.NAME.matcher(file.name()).matches()) {
      return List.of(new Finding(1, 1, "The name of a route file ends with .camel.yaml."));
    }
    RouteFileContent content = check.check(file, beside(path));
    if (!content.isValid()) {
      return content.findings();
    }
    List<RouteFileState> libraries = new ArrayList<>();
    contents.forEach(
        (other, theirs) -> {
          if (!other.equals(path) && theirs.isLibrary()) {
            RouteText library = Objects.requireNonNull(files.get(other));
            libraries.add(new RouteFileState(library, List.of(), theirs, null));
          }
        });
    return dryRun.run(
        file, content, UseOrder.of(libraries).stream().map(RouteFileState::file).toList());
  }

  private Surroundings beside(Path path) {
    Set<String> ids = new HashSet<>(operations);
    Set<String> directs = new HashSet<>();
    Set<String> templates = new HashSet<>();
    Set<String> kamelets = new HashSet<>();
    contents.forEach(
        (other, content) -> {
          if (!other.equals(path)) {
            content.routes().forEach(route -> ids.add(route.id()));
            directs.addAll(content.directs());
            templates.addAll(content.templates());
            kamelets.addAll(content.kamelets());
          }
        });
    return new Surroundings(ids::contains, directs, templates, kamelets);
  }

  /** The ids of the application's own routes for REST. */
  private static Set<String> operations() {
    try (InputStream contract = ValidateCommand.class.getResourceAsStream("/openapi.yaml")) {
      Set<String> ids = new HashSet<>();
      Matcher found =
          OPERATION.matcher(
              new String(Objects.requireNonNull(contract).readAllBytes(), StandardCharsets.UTF_8));
      while (found.find()) {
        ids.add(found.group(1));
      }
      return ids;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Secrets are where the application runs. */
  private static final class AnySecret implements PropertiesFunction {
    @Override
    public String getName() {
      return "secret";
    }

    @Override
    public String apply(String name) {
      return "secret";
    }
  }
}
