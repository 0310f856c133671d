package org.mqttintegration.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.routefile.check.FilesOfTests;
import org.mqttintegration.routefile.check.Finding;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.RouteText;
import org.mqttintegration.routefile.check.SettingsOfTests;

class RouteFilesTest {

  @TempDir Path directory;

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final VersionsInMemory versions = new VersionsInMemory();
  private ProducerTemplate template;
  private RouteFiles files;

  @BeforeEach
  void startCamel() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:publish").routeId("publish").to("mock:publish");
          }
        });
    files = files();
    camel.start();
    template = camel.createProducerTemplate();
  }

  private RouteFiles files() {
    RouteFileSettings settings = SettingsOfTests.in(directory);
    return RouteFilesOfTests.in(camel, settings, versions);
  }

  @AfterEach
  void stopCamel() {
    camel.stop();
  }

  @Test
  void given_files_of_which_some_are_wrong_when_started_then_all_others_run() {
    files.start(
        List.of(
            route("a", "direct:a", "mock:a"),
            new RouteText("b.camel.yaml", "- route:\n    id: b\n    from:\n      uri: [broken"),
            route("c", "direct:c", "no-such-component:c"),
            route("d", "direct:d", "log:d?noSuchOption=1"),
            new RouteText("e.camel.yaml", ""),
            route("f", "direct:f", "mock:f")));

    assertThat(ids()).containsExactlyInAnyOrder("publish", "a", "f");
    assertThat(files.all())
        .filteredOn(RouteFileState::isRefused)
        .extracting(state -> state.file().name())
        .containsExactly("b.camel.yaml", "c.camel.yaml", "d.camel.yaml", "e.camel.yaml");
  }

  @Test
  void given_a_file_when_it_changes_then_the_new_routes_run_and_no_other_is_touched()
      throws Exception {
    files.take(route("other", "direct:other", "mock:other"));
    files.take(route("a", "direct:a", "mock:old"));
    Route publish = camel.getRoute("publish");
    Route other = camel.getRoute("other");

    files.take(route("a", "direct:a", "mock:new"));

    expect("mock:new", 1);
    template.sendBody("direct:a", "x");
    MockEndpoint.assertIsSatisfied(camel);
    assertThat(camel.getRoute("publish")).isSameAs(publish);
    assertThat(camel.getRoute("other")).isSameAs(other);
    assertThat(camel.hasEndpoint("mock:old")).isNull();
  }

  @Test
  void given_a_file_that_runs_when_it_is_saved_wrong_then_the_last_good_version_goes_on() {
    files.take(route("a", "direct:a", "mock:a"));
    Route running = camel.getRoute("a");

    RouteFileState state = files.take(step("a", "setBdy: {}"));

    assertThat(state.findings()).hasSize(1);
    assertThat(state.loaded()).isNotNull();
    assertThat(camel.getRoute("a")).isSameAs(running);
    assertThat(versions.kept).containsExactly("applied a.camel.yaml", "refused a.camel.yaml");
  }

  @Test
  void given_routes_that_do_not_start_when_a_file_changes_then_the_old_ones_run_again()
      throws Exception {
    files.take(route("a", "direct:a", "mock:old"));

    // only when it starts, direct finds that another route consumes there
    RouteFileState state =
        files.take(
            new RouteText(
                "a.camel.yaml",
                route("a", "direct:a", "mock:new").text()
                    + route("a2", "direct:publish", "mock:new").text()));

    assertThat(state.findings()).hasSize(1);
    assertThat(state.findings().get(0).line()).isEqualTo(9);
    assertThat(ids()).containsExactlyInAnyOrder("publish", "a");
    expect("mock:old", 1);
    template.sendBody("direct:a", "x");
    MockEndpoint.assertIsSatisfied(camel);
  }

  @Test
  void given_a_file_when_it_is_deleted_then_its_routes_are_gone() {
    files.take(route("a", "direct:a", "mock:a"));

    files.gone("a.camel.yaml");

    assertThat(ids()).containsExactly("publish");
    assertThat(camel.getRouteDefinitions()).hasSize(1);
    assertThat(camel.hasEndpoint("mock:a")).isNull();
    assertThat(camel.hasEndpoint("direct:a")).isNull();
    assertThat(versions.kept).endsWith("deleted a.camel.yaml");
  }

  @Test
  void given_the_same_text_when_it_is_taken_again_then_nothing_happens() {
    files.take(route("a", "direct:a", "mock:a"));
    Route running = camel.getRoute("a");

    files.take(route("a", "direct:a", "mock:a"));

    assertThat(camel.getRoute("a")).isSameAs(running);
    assertThat(versions.kept).hasSize(1);
  }

  @Test
  void given_an_id_of_another_file_or_of_the_application_when_taken_then_the_file_is_refused() {
    files.take(route("a", "direct:a", "mock:a"));

    assertThat(files.take(named("b", route("a", "direct:b", "mock:b"))).findings())
        .extracting(Finding::message)
        .containsExactly("The route id a is taken by another route.");
    assertThat(files.take(route("publish", "direct:c", "mock:c")).findings())
        .extracting(Finding::message)
        .containsExactly("The route id publish is taken by another route.");
    assertThat(camel.getRoute("publish").getEndpoint().getEndpointUri())
        .isEqualTo("direct://publish");
  }

  @Test
  void given_a_file_that_needs_another_one_when_that_one_comes_then_both_run() throws Exception {
    files.take(route("a", "direct:a", "direct:b"));
    assertThat(ids()).containsExactly("publish");

    files.take(route("b", "direct:b", "mock:b"));

    assertThat(ids()).containsExactlyInAnyOrder("publish", "a", "b");
    expect("mock:b", 1);
    template.sendBody("direct:a", "x");
    MockEndpoint.assertIsSatisfied(camel);
  }

  @Test
  void given_a_template_in_one_file_when_another_uses_it_then_its_route_comes_and_goes()
      throws Exception {
    files.start(
        List.of(
            new RouteText(
                "a.camel.yaml",
                """
                - templatedRoute:
                    routeId: made
                    routeTemplateRef: forward
                    parameters:
                      - name: name
                        value: x
                """),
            new RouteText(
                "b.camel.yaml",
                """
                - routeTemplate:
                    id: forward
                    parameters:
                      - name: name
                    from:
                      uri: timer:{{name}}?repeatCount=1&delay=0
                      steps:
                        - to: mock:made
                """)));

    assertThat(files.all()).noneMatch(RouteFileState::isRefused);
    assertThat(ids()).containsExactlyInAnyOrder("publish", "made");

    files.gone("a.camel.yaml");
    files.gone("b.camel.yaml");

    assertThat(ids()).containsExactly("publish");
    assertThat(camel.getRouteTemplateDefinitions()).isEmpty();
  }

  @Test
  void given_a_kamelet_when_files_use_it_then_its_changes_reach_them_and_nothing_stays()
      throws Exception {
    files.start(
        List.of(
            new RouteText(
                "a.camel.yaml",
                FilesOfTests.step("to: {uri: 'kamelet:greet', parameters: {name: x}}")),
            kamelet("Hello")));
    assertThat(files.all()).noneMatch(RouteFileState::isRefused);
    assertThat(template.requestBody("direct:a", "x", String.class)).isEqualTo("Hello x");

    files.take(kamelet("Bye"));
    assertThat(template.requestBody("direct:a", "x", String.class)).isEqualTo("Bye x");

    files.gone("a.camel.yaml");
    files.gone("greet.kamelet.yaml");
    assertThat(ids()).containsExactly("publish");
    assertThat(camel.getRouteTemplateDefinitions()).isEmpty();
  }

  private static RouteText kamelet(String word) {
    return new RouteText(
        "greet.kamelet.yaml",
        """
        apiVersion: camel.apache.org/v1
        kind: Kamelet
        metadata:
          name: greet
        spec:
          definition:
            required: [name]
            properties:
              name:
                type: string
          template:
            from:
              uri: kamelet:source
              steps:
                - setBody:
                    simple: "%s {{name}}"
        """
            .formatted(word));
  }

  @Test
  void given_a_bad_file_at_the_start_when_it_ran_before_then_its_last_good_version_runs() {
    versions.applied(Candidate.saved(route("a", "direct:a", "mock:a")));

    files.start(List.of(step("a", "setBdy: {}")));

    assertThat(ids()).containsExactlyInAnyOrder("publish", "a");
    RouteFileState state = files.find("a.camel.yaml");
    assertThat(state.isRefused()).isTrue();
    assertThat(state.loaded().file()).isEqualTo(route("a", "direct:a", "mock:a"));
  }

  @Test
  void given_a_folder_that_is_the_source_when_it_has_an_older_text_then_that_is_the_newest() {
    RouteText older = route("a", "direct:a", "mock:older");
    versions.applied(Candidate.saved(older));
    versions.applied(Candidate.saved(route("a", "direct:a", "mock:newer")));

    files.start(List.of(older));

    assertThat(versions.lastApplied("a.camel.yaml")).contains(older);
    assertThat(files.find("a.camel.yaml").loaded().version()).isEqualTo(3);
  }

  @Test
  void given_a_kamelet_when_it_changes_then_what_uses_it_is_the_version_that_it_was() {
    RouteText use =
        new RouteText(
            "a.camel.yaml", FilesOfTests.step("to: {uri: 'kamelet:greet', parameters: {name: x}}"));
    files.start(List.of(use, kamelet("Hello")));

    files.take(kamelet("Bye"));

    assertThat(versions.times("applied a.camel.yaml")).isEqualTo(1);
    assertThat(files.find("a.camel.yaml").loaded().version()).isEqualTo(2);
  }

  @Test
  void given_an_expression_that_cannot_be_parsed_when_taken_then_its_line_is_told() {
    RouteFileState state = files.take(step("a", "setBody: {simple: '${header.a'}"));

    assertThat(state.findings()).hasSize(1);
    assertThat(state.findings().get(0).line()).isEqualTo(6);
    assertThat(ids()).containsExactly("publish");
  }

  @Test
  void given_a_secret_when_a_route_uses_it_then_it_has_the_value_and_findings_do_not()
      throws Exception {
    Files.createDirectories(directory.resolve("secrets"));
    Files.writeString(directory.resolve("secrets/token"), "s3cr3t-value\n");
    files.take(step("a", "to: 'mock:a?expectedCount={{secret:token}}'"));

    assertThat(files.find("a.camel.yaml").findings())
        .isNotEmpty()
        .noneMatch(finding -> finding.message().contains("s3cr3t"));

    files.take(
        new RouteText(
            "a.camel.yaml",
            step("a", "setBody: {constant: '{{secret:token}}'}").text()
                + "        - to: mock:a\n"));
    camel.getEndpoint("mock:a", MockEndpoint.class).expectedBodiesReceived("s3cr3t-value");
    template.sendBody("direct:a", "x");
    MockEndpoint.assertIsSatisfied(camel);
  }

  @Test
  void given_a_text_that_a_route_put_together_when_it_is_evaluated_then_it_runs_nothing() {
    camel.getRegistry().bind("victim", new StringBuilder("x"));

    for (String language : List.of("simple", "file")) {
      assertThatThrownBy(
              () -> camel.resolveLanguage(language).createExpression("${bean:victim.reverse}"))
          .hasMessage(
              "The function bean:victim.reverse is not allowed in strict mode. An administrator"
                  + " allows it with mqtt-integration.route-files.strict.allow.functions:"
                  + " \"bean\".");
      assertThat(camel.resolveLanguage(language).createPredicate("${body} == 'x'")).isNotNull();
    }
  }

  @Test
  void given_a_secret_in_an_option_when_its_uri_is_shown_then_it_is_hidden() throws Exception {
    Files.createDirectories(directory.resolve("secrets"));
    Files.writeString(directory.resolve("secrets/zeal"), "s3cr3t-value");

    files.take(step("a", "to: 'log:a?marker={{secret:zeal}}'"));

    assertThat(files.find("a.camel.yaml").findings()).isEmpty();
    assertThat(URISupport.sanitizeUri("log://a?marker=s3cr3t-value")).doesNotContain("s3cr3t");
  }

  @Test
  void given_a_secret_that_is_not_there_when_taken_then_the_finding_says_where_to_put_it() {
    assertThat(files.take(step("a", "setBody: {constant: '{{secret:none}}'}")).findings())
        .extracting(Finding::message)
        .allMatch(
            message ->
                message.startsWith(
                    "There is no secret none: give it with PUT /secrets/none, or put it in the file "));
  }

  @Test
  void given_many_edits_when_the_file_is_as_it_was_then_no_thread_or_endpoint_stays() {
    RouteText first = busy(0);
    files.take(busy(99));
    files.take(first);
    template.sendBody("direct:busy", "x");
    Set<String> endpoints = endpoints();
    Set<String> threads = threads();

    for (int edit = 1; edit <= 12; edit++) {
      files.take(edit % 4 == 3 ? step("busy", "setBdy: {}") : busy(edit));
      template.sendBody("direct:busy", "x");
    }
    files.take(first);
    template.sendBody("direct:busy", "x");

    assertThat(endpoints()).isEqualTo(endpoints);
    assertThat(threads()).isEqualTo(threads);
    assertThat(camel.getRouteDefinitions()).hasSize(3);
  }

  /** With a thread, an endpoint that a message makes, and what a timer has. */
  private static RouteText busy(int edit) {
    return new RouteText(
        "busy.camel.yaml",
        """
        - route:
            id: busy
            from:
              uri: direct:busy
              steps:
                - toD: 'mock:to-%1$d-${body}'
                - wireTap: {uri: 'mock:tap-%1$d'}
                - to: 'seda:in-%1$d'
        - route:
            id: busy-in
            from:
              uri: 'seda:in-%1$d'
              steps:
                - to: mock:in-%1$d
        """
            .formatted(edit));
  }

  private Set<String> endpoints() {
    return camel.getEndpoints().stream()
        .map(endpoint -> endpoint.getEndpointUri())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> threads() {
    Collection<String> names = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      names.add(thread.getName().replaceAll("#\\d+", "#").replaceAll("-\\d+", "-"));
    }
    return new TreeSet<>(names.stream().filter(name -> name.startsWith("Camel")).toList());
  }

  private List<String> ids() {
    return camel.getRoutes().stream().map(Route::getId).toList();
  }

  private void expect(String mock, int messages) {
    camel.getEndpoint(mock, MockEndpoint.class).expectedMessageCount(messages);
  }

  private static RouteText named(String name, RouteText file) {
    return new RouteText(name + ".camel.yaml", file.text());
  }

  private static RouteText step(String id, String step) {
    return new RouteText(
        id + ".camel.yaml",
        FilesOfTests.step(step).replace("id: a", "id: " + id).replace("direct:a", "direct:" + id));
  }

  private static RouteText route(String id, String from, String to) {
    return new RouteText(
        id + ".camel.yaml",
        """
        - route:
            id: %s
            description: x
            from:
              uri: %s
              steps:
                - to: "%s"
        """
            .formatted(id, from, to));
  }
}
