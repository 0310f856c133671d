package org.mqttintegration.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;

/** Where a webjar has its files. */
public final class Webjar {

  private Webjar() {}

  /** The version is in the path, and known to the webjar only. */
  public static String location(String group, String artifact) {
    String pom = "META-INF/maven/%s/%s/pom.properties".formatted(group, artifact);
    try (InputStream properties = new ClassPathResource(pom).getInputStream()) {
      Properties read = new Properties();
      read.load(properties);
      return "classpath:/META-INF/resources/webjars/%s/%s/"
          .formatted(artifact, read.getProperty("version"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
