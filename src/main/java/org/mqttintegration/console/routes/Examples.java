package org.mqttintegration.console.routes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.RouteText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What a new file can begin with: the examples beside the route files, and a small one of its own.
 */
@Component
class Examples {

  private static final Logger LOG = LoggerFactory.getLogger(Examples.class);

  private static final String SMALL =
      """
      - route:
          id: my-route
          description: Logs what a broker sends
          from:
            uri: signal:receive
            parameters:
              broker: Local broker
              topic: plant/#
            steps:
              - log:
                  message: ${header.mqttTopic} ${body}
      """;

  private final Path folder;

  Examples(RouteFileSettings settings) {
    this.folder = settings.directory().resolve("examples");
  }

  /**
   * An example.
   *
   * @param name its file's name without the ending
   * @param description its first line
   * @param text the file
   */
  record Example(String name, String description, String text) {}

  /** All of them, the small one first. */
  List<Example> all() {
    List<Example> examples = new ArrayList<>();
    examples.add(new Example("my-route", "Logs what a broker sends: small, to begin with.", SMALL));
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.getFileName().toString().endsWith(RouteText.ROUTES))
            .sorted()
            .map(Examples::read)
            .forEach(examples::add);
      } catch (IOException | java.io.UncheckedIOException e) {
        LOG.warn("examples of route files are not read folder={} reason={}", folder, e.toString());
      }
    }
    return examples;
  }

  /** The one of that name; the small one when there is none. */
  Example find(String name) {
    List<Example> all = all();
    return all.stream().filter(each -> each.name().equals(name)).findFirst().orElse(all.get(0));
  }

  private static Example read(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      String first = text.lines().findFirst().orElse("");
      String name = file.getFileName().toString();
      return new Example(
          name.substring(0, name.length() - RouteText.ROUTES.length()),
          first.startsWith("#") ? first.substring(1).strip() : "",
          text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
