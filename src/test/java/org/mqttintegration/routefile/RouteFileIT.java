package org.mqttintegration.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class RouteFileIT {

  private static final String NAME = "route-file-it.camel.yaml";
  private static final String FILE = "/route-files/" + NAME;

  @Autowired CamelContext camel;
  @Autowired RestApi rest;
  @Autowired RouteFileSettings settings;

  @AfterEach
  void deleteFile() {
    rest.delete(FILE);
  }

  @Test
  void given_a_file_when_put_then_it_is_stored_as_it_is_and_its_route_works() throws IOException {
    Answer answer = put(text("first")).expect(200);

    assertThat(answer.json().path("state").asText()).isEqualTo("running");
    assertThat(answer.json().path("version").asInt()).isEqualTo(newestVersion());
    assertThat(rest.get(FILE).text()).isEqualTo(text("first"));
    assertThat(Files.readString(path())).isEqualTo(text("first"));
    await()
        .untilAsserted(
            () -> assertThat(route("route-file-it").path("exchanges").asInt()).isGreaterThan(0));
    assertThat(route("route-file-it").path("from").asText()).startsWith("timer://");
  }

  @Test
  void given_a_wrong_file_when_put_then_the_lines_are_named_and_the_old_one_runs()
      throws IOException {
    put(text("first")).expect(200);

    Answer refused =
        put(text("second").replace("log", "lgo")).expectProblem(422, "route-file-refused");

    assertThat(refused.json().path("errors").get(0).path("field").asText())
        .isEqualTo("line 6, column 11");
    assertThat(refused.json().path("errors").get(0).path("message").asText())
        .isEqualTo("There is no step lgo; did you mean log?");
    assertThat(Files.readString(path())).isEqualTo(text("first"));
    assertThat(rest.get(FILE).text()).isEqualTo(text("first"));
    assertThat(route("route-file-it").path("state").asText()).isEqualTo("started");
  }

  @Test
  void given_an_entity_tag_when_the_file_is_another_one_then_nothing_is_changed() {
    put(text("first")).expect(200);
    String tag = rest.get(FILE).header("ETag");
    put(text("second")).expect(200);

    put(text("third"), Map.of("If-Match", tag)).expectProblem(412, "precondition-failed");
    put(text("third"), Map.of("If-None-Match", "*")).expectProblem(412, "precondition-failed");
    put(text("third"), Map.of("If-Match", rest.get(FILE).header("ETag"))).expect(200);

    assertThat(rest.get(FILE).text()).isEqualTo(text("third"));
  }

  @Test
  void given_versions_when_rolled_back_then_the_older_one_runs_and_is_the_newest() {
    put(text("first")).expect(200);
    int first = newestVersion();
    put(text("second")).expect(200);
    put(text("third").replace("log", "lgo")).expect(422);

    rest.post(FILE + "/roll-back?version=" + first).expect(200);

    assertThat(rest.get(FILE).text()).isEqualTo(text("first"));
    assertThat(newestVersion()).isEqualTo(first + 2); // what PUT refuses was never stored
    assertThat(rest.get(FILE + "/versions/" + first).json().path("content").asText())
        .isEqualTo(text("first"));
    rest.post(FILE + "/roll-back?version=999999").expectProblem(404, "not-found");
    rest.post(FILE + "/roll-back?version=0").expectProblem(400, "invalid-request");
  }

  @Test
  void given_a_file_saved_in_the_folder_when_watched_then_it_runs_and_stops_with_its_deletion()
      throws IOException {
    Files.createDirectories(settings.directory());
    Files.writeString(path(), text("saved"));
    await().until(() -> rest.get("/routes").text().contains("\"route-file-it\""));

    Files.writeString(path(), text("broken").replace("log", "lgo"));
    await().until(() -> rest.get("/route-files").text().contains("did you mean log?"));
    assertThat(route("route-file-it").path("state").asText()).isEqualTo("started");
    assertThat(versions()).startsWith("refused", "applied");

    Files.delete(path());
    await().until(() -> !rest.get("/routes").text().contains("\"route-file-it\""));
    await().untilAsserted(() -> assertThat(versions()).startsWith("deleted")); // noted afterwards
    rest.get(FILE).expectProblem(404, "not-found");
  }

  @Test
  void given_a_route_when_it_is_stopped_and_started_then_its_state_says_so() {
    put(text("first")).expect(200);

    assertThat(rest.post("/routes/route-file-it/stop").expect(200).json().path("state").asText())
        .isEqualTo("stopped");
    assertThat(rest.get("/route-files").text()).contains("\"state\":\"stopped\"");
    assertThat(rest.post("/routes/route-file-it/start").expect(200).json().path("state").asText())
        .isEqualTo("started");
  }

  @Test
  void given_a_route_of_the_application_when_it_is_to_be_stopped_then_there_is_no_such_route() {
    rest.post("/routes/listRoutes/stop").expectProblem(404, "not-found");
  }

  @Test
  void given_names_that_are_no_route_files_when_put_then_nothing_is_written() {
    for (String name : List.of("x.yaml", "..%2Fx.camel.yaml", ".camel.yaml")) {
      assertThat(send("PUT", "/route-files/" + name, text("x"), Map.of()).status())
          .as(name)
          .isBetween(400, 404);
    }
    assertThat(settings.directory().resolve("x.camel.yaml")).doesNotExist();
    assertThat(settings.directory().resolve("../x.camel.yaml")).doesNotExist();
  }

  @Test
  void given_the_id_of_an_operation_when_put_then_it_is_taken() {
    Answer refused = put(text("x").replace("id: route-file-it", "id: deleteBroker")).expect(422);

    assertThat(refused.text()).contains("The route id deleteBroker is taken by another route.");
  }

  @Test
  void given_the_strict_mode_when_a_text_is_evaluated_anywhere_then_it_runs_no_bean() {
    for (String language : List.of("simple", "file")) {
      assertThatThrownBy(
              () -> camel.resolveLanguage(language).createExpression("${bean:routeFiles.all}"))
          .as(language)
          .hasMessageContaining("not allowed in strict mode");
    }
  }

  private Answer put(String text) {
    return put(text, Map.of());
  }

  private Answer put(String text, Map<String, String> headers) {
    return send("PUT", FILE, text, headers);
  }

  private Answer send(String method, String path, String text, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Content-Type", "text/yaml");
    return rest.send(method, path, text, all);
  }

  private int newestVersion() {
    return rest.get(FILE + "/versions").json().path("items").get(0).path("version").asInt();
  }

  private List<String> versions() {
    return rest.get(FILE + "/versions").json().path("items").findValuesAsText("status");
  }

  private JsonNode route(String id) {
    for (JsonNode route : rest.get("/routes").json().path("items")) {
      if (route.path("id").asText().equals(id)) {
        return route;
      }
    }
    throw new AssertionError("No route " + id);
  }

  private Path path() {
    return settings.directory().resolve(NAME);
  }

  private static String text(String message) {
    return """
    - route:
        id: route-file-it
        from:
          uri: timer:route-file-it?period=100
          steps:
            - log: %s
    """
        .formatted(message);
  }
}
