package org.mqttintegration.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WebLibraryTest {

  private static final Pattern WEBJAR =
      Pattern.compile("<groupId>org\\.webjars[^<]*</groupId>\\s*<artifactId>([^<]*)</artifactId>");

  @Test
  void given_the_build_when_it_takes_webjars_along_then_each_is_told_with_its_licence()
      throws IOException {
    List<String> built =
        WEBJAR
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(WebLibrary.all())
        .extracting(WebLibrary::name)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(built);
    assertThat(WebLibrary.all())
        .extracting(library -> library.name() + " " + library.licence())
        .contains("uplot MIT", "codemirror MIT", "htmx.org 0BSD", "swagger-ui Apache-2.0");
  }
}
