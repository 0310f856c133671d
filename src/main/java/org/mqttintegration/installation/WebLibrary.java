package org.mqttintegration.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * A library that comes along for the pages.
 *
 * @param name its name
 * @param version its version
 * @param licence the licence that it is under
 */
record WebLibrary(String name, String version, String licence) {

  /** Their folders below {@code META-INF/maven}: webjars cannot be searched by pattern. */
  private static final List<String> PLACES =
      List.of(
          "org.webjars.npm/codemirror",
          "org.webjars.npm/htmx-ext-sse",
          "org.webjars.npm/htmx.org",
          "org.webjars/swagger-ui",
          "org.webjars.npm/uplot");

  private static final Pattern LICENCE =
      Pattern.compile("<license>\\s*<name>\\s*([^<]*?)\\s*</name>");

  /** All of them: each webjar brings along how it was built. */
  static List<WebLibrary> all() {
    return PLACES.stream().map(WebLibrary::of).toList();
  }

  private static WebLibrary of(String place) {
    Resource build = new ClassPathResource("META-INF/maven/%s/pom.properties".formatted(place));
    try {
      Properties properties = PropertiesLoaderUtils.loadProperties(build);
      String model = build.createRelative("pom.xml").getContentAsString(StandardCharsets.UTF_8);
      Matcher licence = LICENCE.matcher(model);
      return new WebLibrary(
          properties.getProperty("artifactId"),
          properties.getProperty("version"),
          licence.find() ? licence.group(1) : "see its file LICENSE");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
