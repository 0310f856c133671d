package org.mqttintegration.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;

/** Where the webjar of Swagger UI has its files. */
final class SwaggerUi {

  private static final String POM = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

  private SwaggerUi() {}

  /** The version is in the path, and known to the webjar only. */
  static String location() {
    try (InputStream pom = new ClassPathResource(POM).getInputStream()) {
      Properties properties = new Properties();
      properties.load(pom);
      return "classpath:/META-INF/resources/webjars/swagger-ui/%s/"
          .formatted(properties.getProperty("version"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
