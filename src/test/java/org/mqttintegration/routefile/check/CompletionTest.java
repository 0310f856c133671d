package org.mqttintegration.routefile.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CompletionTest {

  private static final String ROUTE = "- route:\n    from:\n      uri: signal:receive\n";

  private final RouteFileCheck check =
      new RouteFileCheck(
          new Binder(new MapConfigurationPropertySource())
              .bindOrCreate("mqtt-integration.route-files", RouteFileSettings.class));

  @Test
  void given_the_begin_of_a_file_when_completed_then_what_files_are_made_of_is_proposed() {
    assertThat(at("")).contains("- route:");
    assertThat(at("- rou")).contains("route:");
    assertThat(at("- route:\n    ")).contains("id: ", "from:", "description: ");
  }

  @Test
  void given_steps_when_completed_then_those_that_the_file_may_have_are_proposed() {
    String steps = ROUTE + "      steps:\n        - ";

    assertThat(at(steps)).contains("setBody:", "to: ", "choice:").doesNotContain("bean:");
    assertThat(at(steps + "setB")).containsExactly("setBody:");
    assertThat(at(ROUTE + "      steps:\n        ")).contains("- setBody:");
    assertThat(at(steps + "setBody:\n            "))
        .contains("constant: ", "simple: ", "jq: ")
        .doesNotContain("groovy:");
  }

  @Test
  void given_an_endpoint_when_completed_then_components_and_their_parameters_are_proposed() {
    String to = ROUTE + "      steps:\n        - to:\n            uri: ";

    assertThat(at("- route:\n    from:\n      uri: sig")).first().isEqualTo("signal:receive");
    assertThat(at(to)).contains("signal:send", "http", "kafka").doesNotContain("exec");
    assertThat(at(to + "direct:")).containsExactly("further");
    assertThat(at(to + "http\n            parameters:\n              httpM"))
        .contains("httpMethod: ");
    assertThat(at(to + "http\n            parameters:\n              httpMethod: "))
        .contains("POST");
    assertThat(at(to + "http:erp?httpM")).contains("httpMethod=");
  }

  @Test
  void given_what_there_is_here_when_completed_then_its_names_are_proposed() {
    assertThat(at(ROUTE + "      parameters:\n        broker: Lo")).containsExactly("Local broker");
    assertThat(at(ROUTE + "      parameters:\n        topic: '{{secret:t"))
        .containsExactly("token}}");
    assertThat(at(ROUTE + "      steps:\n        - log:\n            message: ${header.mqttT"))
        .contains("mqttTopic}", "mqttTimestamp}");
    assertThat(at("- templatedRoute:\n    routeTemplateRef: ")).containsExactly("forward");
  }

  @Test
  void given_a_text_of_several_lines_when_completed_then_no_key_is_proposed() {
    assertThat(
            at(
                ROUTE
                    + "      steps:\n        - setBody:\n            constant: |\n              se"))
        .isEmpty();
  }

  @Test
  void given_a_word_when_completed_then_the_column_is_where_it_begins() {
    String text = ROUTE + "      steps:\n        - setB";

    assertThat(complete(text).column()).isEqualTo(11);
  }

  private List<String> at(String text) {
    return complete(text).items().stream().map(Proposal::text).toList();
  }

  /** At the end of a text. */
  private Proposals complete(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    return check.complete(
        new RouteText("plant.camel.yaml", text),
        lines.size(),
        lines.get(lines.size() - 1).length() + 1,
        new KnownNames(
            List.of("Local broker", "Plant"),
            List.of("token"),
            Set.of("forward"),
            Set.of("enricher"),
            Set.of("further")));
  }
}
