package org.mqttintegration.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFilesTest {

  @TempDir Path directory;

  private final DefaultCamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void startCamel() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:publish").routeId("publish").to("log:publish");
          }
        });
    camel.start();
  }

  @AfterEach
  void stopCamel() {
    camel.stop();
  }

  @Test
  void given_files_of_which_some_are_wrong_when_started_then_all_others_run() throws Exception {
    write("a.camel.yaml", route("good-a", "direct:a", "log:a"));
    write("b.camel.yaml", "- route:\n    id: b\n    from:\n      uri: [broken");
    write("c.camel.yaml", route("c", "direct:c", "no-such-component:c"));
    write("d.camel.yaml", route("d", "direct:d", "log:d?noSuchOption=1"));
    write("e.camel.yaml", "");
    write("f.camel.yaml", route("good-f", "direct:f", "log:f"));
    write("notes.txt", "no routes here");

    new RouteFiles(camel, new RouteFileSettings(directory)).start();

    assertThat(camel.getRoutes())
        .extracting(Route::getId)
        .containsExactlyInAnyOrder("publish", "good-a", "good-f");
    assertThat(camel.getRouteController().getRouteStatus("good-f").isStarted()).isTrue();
  }

  @Test
  void given_no_directory_when_started_then_nothing_happens() {
    new RouteFiles(camel, new RouteFileSettings(directory.resolve("none"))).start();

    assertThat(camel.getRoutes()).hasSize(1);
  }

  @Test
  void given_a_route_with_the_id_of_another_when_started_then_the_file_is_refused()
      throws Exception {
    Path file = write("x.camel.yaml", route("publish", "direct:x", "log:x"));

    assertThatThrownBy(() -> new RouteFile(file).start(camel))
        .isInstanceOf(RouteFileException.class)
        .hasMessage("The route id publish is taken by another route.");
    assertThat(camel.getRoute("publish").getEndpoint().getEndpointUri())
        .isEqualTo("direct://publish");
  }

  @Test
  void given_a_route_without_an_id_when_started_then_the_file_is_refused() throws Exception {
    Path file =
        write(
            "x.camel.yaml",
            "- route:\n    from:\n      uri: direct:x\n      steps:\n        - to: log:x");

    assertThatThrownBy(() -> new RouteFile(file).start(camel))
        .isInstanceOf(RouteFileException.class)
        .hasMessageContaining("direct:x");
  }

  @Test
  void given_two_routes_of_which_one_does_not_start_when_started_then_neither_runs()
      throws Exception {
    Path file =
        write(
            "x.camel.yaml",
            route("one", "direct:one", "log:x") + "\n" + route("two", "direct:two", "nope:x"));

    assertThatThrownBy(() -> new RouteFile(file).start(camel))
        .isInstanceOf(RouteFileException.class)
        .hasMessageContaining("nope");
    assertThat(camel.getRoutes()).extracting(Route::getId).containsExactly("publish");
    assertThat(camel.getRouteDefinitions()).hasSize(1);
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private static String route(String id, String from, String to) {
    return """
    - route:
        id: %s
        from:
          uri: %s
          steps:
            - to: "%s"
    """
        .formatted(id, from, to);
  }
}
