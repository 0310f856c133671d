package org.mqttintegration.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mqttintegration.routefile.check.FilesOfTests.link;
import static org.mqttintegration.routefile.check.FilesOfTests.template;
import static org.mqttintegration.routefile.check.FilesOfTests.use;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;

/** Route files of a document that have to do with each other. */
@IntegrationTest
class ConfigurationRouteFilesIT {

  @Autowired RestApi api;

  private List<ObjectNode> rest;

  @BeforeEach
  void whatIsThere() {
    rest = ConfigurationDocument.parse(api.get("/export").text()).items("routeFiles");
  }

  @AfterEach
  void nothingIsLeft() {
    run("prune=true", List.of()).expect(200);
  }

  @Test
  void given_a_file_of_another_name_when_it_is_imported_with_prune_then_its_routes_run_from_it() {
    run("", List.of(file("chain-a", route("chain-r")))).expect(200);
    List<ObjectNode> renamed = List.of(file("chain-b", route("chain-r")));

    run("prune=true&dryRun=true", renamed).expect(200);
    run("prune=true", renamed).expect(200);

    assertThat(api.get("/route-files/chain-a.camel.yaml").status()).isEqualTo(404);
    assertThat(api.get("/route-files/chain-b.camel.yaml").status()).isEqualTo(200);
    assertThat(routes()).contains("chain-r");
  }

  @Test
  void given_a_file_of_another_name_when_it_is_imported_without_prune_then_it_is_refused() {
    run("", List.of(file("chain-a", route("chain-r")))).expect(200);

    run("dryRun=true", List.of(file("chain-b", route("chain-r"))))
        .expectProblem(422, "route-file-refused");
  }

  @Test
  void given_a_route_that_moves_to_another_file_when_it_is_imported_then_it_runs_from_there() {
    run("", List.of(file("chain-b", route("chain-r") + route("chain-s")))).expect(200);

    run("", List.of(file("chain-a", route("chain-r")), file("chain-b", route("chain-s"))))
        .expect(200);

    assertThat(api.get("/route-files/chain-a.camel.yaml").text()).contains("chain-r");
    assertThat(routes()).contains("chain-r", "chain-s");
  }

  @Test
  void given_one_route_in_two_files_when_they_are_imported_then_nothing_is_done() {
    run("", List.of(file("chain-a", route("chain-r")), file("chain-b", route("chain-r"))))
        .expectProblem(422, "route-file-refused");

    assertThat(routes()).doesNotContain("chain-r");
  }

  @Test
  void given_files_made_of_each_other_in_a_chain_when_they_are_imported_then_all_of_them_run() {
    List<ObjectNode> chain = new ArrayList<>();
    chain.add(file("chain-a", use("chain-a", "chain-b")));
    chain.add(file("chain-b", link("chain-b", "chain-c")));
    chain.add(file("chain-c", link("chain-c", "chain-d")));
    chain.add(file("chain-d", template("chain-d")));

    run("dryRun=true", chain).expect(200);
    run("", chain).expect(200);

    assertThat(routes()).contains("chain-a-of-chain-b", "chain-b-of-chain-c", "chain-c-of-chain-d");
  }

  @Test
  void given_a_fault_in_a_file_when_others_are_made_of_it_then_it_alone_is_named() {
    List<ObjectNode> files =
        List.of(
            file("chain-a", use("chain-a", "chain-b")),
            file("chain-b", template("chain-b").replace("- log:", "- lgo:")));

    assertThat(
            run("", files)
                .expectProblem(422, "route-file-refused")
                .json()
                .path("errors")
                .findValuesAsText("field"))
        .isNotEmpty()
        .allMatch(field -> field.startsWith("routeFiles[%d]".formatted(rest.size() + 1)));
  }

  @Test
  void given_a_template_that_a_file_uses_when_it_is_left_out_with_prune_then_nothing_is_done() {
    ObjectNode use = file("chain-a", use("chain-a", "chain-b"));
    run("", List.of(use, file("chain-b", template("chain-b")))).expect(200);

    assertThat(
            run("prune=true", List.of(use))
                .expectProblem(422, "route-file-refused")
                .json()
                .path("errors")
                .findValuesAsText("field"))
        .isNotEmpty()
        .allMatch(field -> field.startsWith("routeFiles[%d]".formatted(rest.size())));
    assertThat(api.get("/route-files/chain-b.camel.yaml").status()).isEqualTo(200);
    assertThat(routes()).contains("chain-a-of-chain-b");
  }

  private static String route(String id) {
    return """
        - route:
            id: %1$s
            from:
              uri: direct:%1$s
              steps:
                - log: x
        """
        .formatted(id);
  }

  private static ObjectNode file(String name, String content) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name + ".camel.yaml")
        .put("content", content);
  }

  private List<String> routes() {
    return api.get("/routes").json().findValuesAsText("id");
  }

  private Answer run(String query, List<ObjectNode> files) {
    List<ObjectNode> all = new ArrayList<>(rest);
    all.addAll(files);
    String document = new ConfigurationDocument(Map.of("routeFiles", all)).text(List.of());
    return api.send("POST", "/import?" + query, document, Map.of("Content-Type", "text/yaml"));
  }
}
