package org.mqttintegration.routefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Starts the routes of all route files when the application is ready, each file for itself. */
@Component
class RouteFiles {

  private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);
  private static final String SUFFIX = ".camel.yaml";

  private final CamelContext camel;
  private final RouteFileSettings settings;

  RouteFiles(CamelContext camel, RouteFileSettings settings) {
    this.camel = camel;
    this.settings = settings;
  }

  /** Behind the connections, so that what the files send finds them. */
  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.LOWEST_PRECEDENCE - 1_000)
  void start() {
    for (Path file : files()) {
      try {
        List<String> ids = new RouteFile(file).start(camel);
        LOG.info("route file started file={} routes={}", file.getFileName(), ids);
      } catch (RouteFileException e) {
        LOG.error("route file refused file={} reason={}", file.getFileName(), e.getMessage());
      }
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(settings.directory())) {
      LOG.info("no route files directory={}", settings.directory().toAbsolutePath());
      return List.of();
    }
    try (Stream<Path> entries = Files.list(settings.directory())) {
      return entries.filter(entry -> entry.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      LOG.error("route files not read directory={}", settings.directory().toAbsolutePath(), e);
      return List.of();
    }
  }
}
