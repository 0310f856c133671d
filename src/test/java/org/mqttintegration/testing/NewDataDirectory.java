package org.mqttintegration.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Gives an application context a data directory of its own, below {@code target}. */
public final class NewDataDirectory
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Path directory = create();
    TestPropertyValues.of(
            "mqtt-integration.data-directory=" + directory,
            "mqtt-integration.route-files.directory=" + directory.resolve("routes"),
            "mqtt-integration.route-files.secrets=" + directory.resolve("secrets"))
        .applyTo(context);
  }

  /** Makes one. */
  public static Path create() {
    try {
      return Files.createTempDirectory(
              Files.createDirectories(Path.of("target/it-data")), "application")
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
