package org.mqttintegration.routefile.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mqttintegration.routefile.check.FilesOfTests.file;
import static org.mqttintegration.routefile.check.FilesOfTests.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RouteFileCheckTest {

  private static final RouteFileCheck CHECK = new RouteFileCheck(SettingsOfTests.of(Map.of()));

  static Stream<Arguments> wrongFiles() {
    return Stream.of(
        wrong("", "1:1: The file is empty: it needs a route, as in - route: …"),
        wrong("- route:\n    id: [broken", "2:16: This is no YAML:"),
        wrong("- route:\n\tid: a", "2:1: This is no YAML: found character '\\t"),
        wrong("route:\n  id: a", "1:1: A route file is a list, which begins with - route:"),
        wrong("- route: &r\n    id: a\n- route: *r", "3:10: Write out what *r stands for."),
        wrong("--- \n- route: {}\n---\n- route: {}", "3:1: A file holds one document"),
        wrong("- rout:\n    id: a", "1:3: A file has no rout; did you mean route?"),
        wrong("- {}", "1:3: One thing for each hyphen: nothing."),
        wrong("- onCompletion:\n    steps: []", "1:1: The file has no route."),
        wrong(route("id: b"), "4:5: id stands twice in route."),
        wrong("- route:\n    id: a", "1:3: route needs from."),
        wrong(
            "- route:\n    from:\n      uri: direct:a\n      steps: []",
            "1:3: Each route needs an id"),
        wrong("- from:\n    uri: direct:a\n    steps: []", "1:3: A route needs an id"),
        wrong("- route:\n    id: a\n    from:\n      uri: direct:a", "3:5: from needs steps."),
        wrong(route("") + route(""), "9:9: The route id a stands twice in this file."),
        wrong(route("").replace("id: a", "id: getBroker"), "2:9: The route id getBroker is taken"),
        wrong(
            route("").replace("id: a", "id: subscription-7"),
            "2:9: Ids that begin like subscription-7"),
        wrong(route("").replace("id: a", "id: '{{id}}'"), "2:9: An id is written out."),
        wrong(step("setBdy: {}"), "6:11: There is no step setBdy; did you mean setBody?"),
        wrong(step("set-body: {}"), "6:11: There is no step set-body; did you mean setBody?"),
        wrong(step("zzz: {}"), "6:11: There is no step zzz."),
        wrong(step("setBody: {simpel: x}"), "6:21: setBody has no simpel; did you mean simple?"),
        wrong(step("setBody: x"), "6:11: setBody is a block of keys"),
        wrong(
            step("setBody: {simple: x, constant: y}"),
            "6:11: setBody has constant and simple: keep one."),
        wrong(step("setBody: {simple: [x]}"), "6:21: simple is no list."),
        wrong(step("setHeader: {constant: x}"), "6:11: setHeader needs name."),
        wrong(
            step("log: {message: x, loggingLevel: LOUD}"),
            "6:43: loggingLevel is one of DEBUG, ERR"),
        wrong(step("log: {message: x, disabled: maybe}"), "6:39: disabled is true or false."),
        wrong(step("loop: {constant: 3, copy: yes}"), "6:37: copy is true or false."),
        wrong(step("to: nope:x"), "6:15: There is no component nope."),
        wrong(step("to: tmer:x"), "6:15: There is no component tmer; did you mean timer?"),
        wrong(
            step("to: 'docker:events'"),
            "6:15: The component docker is not part of this installation"),
        wrong(
            step("to: 'log:x?shwAll=true'"),
            "6:15: log has no parameter shwAll; did you mean show"),
        wrong(step("to: 'log:x?showAll=perhaps'"), "6:15: showAll is true or false."),
        wrong(
            step("to: {uri: 'http://x', parameters: {httpMethood: POST}}"),
            "6:46: http would pass the parameter httpMethood on to its target; did you mean httpM"),
        wrong(
            step("to: {uri: 'log:x', parameters: {groupSize: many}}"),
            "6:43: groupSize is a whole number."),
        wrong(
            step("to: {uri: log, parameters: {level: LOUD}}"),
            "6:21: log needs the parameter loggerName."),
        wrong(
            step("to: {uri: 'log:x', parameters: {level: LOUD}}"),
            "6:43: level is one of TRACE, DEBUG, INFO, WARN, ERROR, OFF."),
        wrong(
            route("").replace("direct:a", "timer:a?period=soon"),
            "5:12: period is a duration such as 10s or 5000."),
        wrong(
            route("").replace("direct:a", "seda:a?blockWhenFull=true"),
            "5:12: blockWhenFull of seda is for to:, not for from:."),
        wrong("- rest:\n    path: /x", "1:3: rest would reach beyond this file"),
        wrong("- restConfiguration:\n    port: 9", "1:3: restConfiguration would reach beyond"),
        wrong("- routeConfiguration:\n    id: x", "1:3: routeConfiguration would reach beyond"),
        wrong(
            "- interceptSendToEndpoint:\n    uri: direct:x\n    steps: []",
            "1:3: interceptSendToEndpoint would reach beyond"));
  }

  @ParameterizedTest
  @MethodSource("wrongFiles")
  void given_a_wrong_file_when_checked_then_a_finding_says_where_and_what(
      String text, String finding) {
    Surroundings beside = new Surroundings("getBroker"::equals, Set.of(), Set.of(), Set.of());

    List<Finding> findings = CHECK.check(file(text), beside).findings();

    assertThat(findings).anySatisfy(found -> assertThat(found.toString()).startsWith(finding));
  }

  @Test
  void given_several_things_wrong_when_checked_then_each_is_told_in_the_order_of_lines() {
    String text = step("setBdy: {}") + step("to: log").replace("id: a", "id: b");

    assertThat(CHECK.check(file(text), Surroundings.none()).findings())
        .extracting(Finding::line)
        .containsExactly(6, 12);
  }

  static Stream<String> rightSteps() {
    return Stream.of(
        "log: plain text",
        "log: {message: '${body} from ${header.mqttTopic}', loggingLevel: WARN}",
        "to: log:x?showAll=true",
        "to: {uri: log, parameters: {loggerName: x, showAll: 'true'}}",
        "toD: 'log:${header.mqttTopic}'",
        "setBody: {simple: '{\"at\": \"${date:now:yyyy}\", \"r\": ${random(1,5)}}'}",
        "setBody: {expression: {simple: {expression: x}}}",
        "setHeader: {name: line, simple: '${header.mqttUserProperties[line]}'}",
        "filter: {simple: '${body} contains \"x\"', steps: [{stop: {}}]}",
        "choice: {when: [{simple: '${header.a} == 1', steps: [{log: x}]}], otherwise: {steps: []}}",
        "doTry: {steps: [{log: a}], doCatch: [{exception: [java.io.IOException], steps: []}]}",
        "aggregate: {correlationExpression: {constant: true}, completionInterval: 60000, aggregationStrategy:"
            + " '#class:org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy'}",
        "split: {tokenize: {token: ','}, steps: [{log: x}]}",
        "throwException: {exceptionType: java.lang.IllegalStateException, message: no}",
        "marshal: {json: {}}",
        "convertBodyTo: {type: String}",
        "delay: {constant: '{{env:MQTT_ROUTE_DELAY:5}}'}",
        "setHeader: {name: Authorization, simple: 'Bearer {{secret:erp-token}}'}",
        "wireTap: {uri: 'direct:a'}",
        "to: {uri: 'signal:send', parameters: {broker: Local broker, topic: a/b, qos: 1}}",
        "stop: {}");
  }

  @ParameterizedTest
  @MethodSource("rightSteps")
  void given_a_right_step_when_checked_then_nothing_is_found(String step) {
    assertThat(CHECK.check(file(step(step)), Surroundings.none()).findings()).isEmpty();
  }

  @Test
  void given_a_right_file_when_checked_then_its_routes_and_their_lines_are_known() {
    RouteFileContent content =
        CHECK.check(
            file("# two\n" + route("") + route("").replace("id: a", "id: b")), Surroundings.none());

    assertThat(content.findings()).isEmpty();
    assertThat(content.routes())
        .extracting(Record::toString)
        .containsExactly("RouteLine[id=a, line=3, column=9]", "RouteLine[id=b, line=10, column=9]");
    assertThat(content.directs()).containsExactly("direct:a");
  }

  @Test
  void given_the_files_that_come_with_the_application_when_checked_then_nothing_is_found()
      throws IOException {
    RouteFileCheck withSql =
        new RouteFileCheck(
            SettingsOfTests.of(Map.of("data-sources.plant.url", "jdbc:postgresql:plant")));
    Surroundings withTemplate =
        new Surroundings(id -> false, Set.of(), Set.of("kafka-log"), Set.of());
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      List<Path> routeFiles = files.filter(f -> f.toString().endsWith(".camel.yaml")).toList();
      assertThat(routeFiles).isNotEmpty();
      for (Path file : routeFiles) {
        RouteFileCheck check = file.endsWith("sql-table.camel.yaml") ? withSql : CHECK;
        Surroundings beside =
            file.endsWith("kafka-log.camel.yaml") ? withTemplate : Surroundings.none();
        assertThat(check.check(file(Files.readString(file)), beside).findings())
            .as(file.toString())
            .isEmpty();
      }
    }
  }

  @Test
  void given_lists_within_lists_without_end_when_checked_then_it_is_refused() {
    String text = "[".repeat(5_000);

    assertThat(CHECK.check(file(text), Surroundings.none()).findings()).isNotEmpty();
  }

  private static Arguments wrong(String text, String finding) {
    return Arguments.of(text, finding);
  }

  private static String route(String more) {
    return """
    - route:
        id: a
        description: x
        %s
        from:
          uri: direct:a
          steps:
            - log: x
    """
        .formatted(more.isEmpty() ? "group: g" : more)
        .replace("    group: g\n", "");
  }
}
