package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.RestApi;

/**
 * Runs the README's curl lines after a first start, and compares the answers with those that it
 * prints.
 */
@InProcessOfItsOwn
class ReadmeIT {

  private static final Pattern EXAMPLE =
      Pattern.compile("```sh\\n(curl [^\\n]*)\\n```\\n\\n```json\\n([^\\n]*)\\n```");

  /** What differs from run to run. */
  private static final Set<String> VOLATILE =
      Set.of(
          "millis",
          "timestamp",
          "acceptedAt",
          "sentAt",
          "expiresAt",
          "finishedAt",
          "subscriptionTime",
          "historyId");

  private final ObjectMapper json = new ObjectMapper();

  private record Example(String command, String answer) {}

  @Test
  void given_a_first_start_when_the_readmes_lines_are_run_then_they_answer_as_it_says()
      throws Exception {
    Parts.ran(ReadmeIT.class, Part.EMBEDDED_POSTGRESQL);
    Parts.ran(ReadmeIT.class, Part.ARTEMIS);
    List<Example> examples = examples();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(7);
    try (ApplicationProcess application =
        new ApplicationProcess("--mqtt-integration.embedded.mqtt.port=0")) {
      application.start();
      awaitDemonstration(application);
      for (Example example : examples) {
        if (example.command().contains(" -G ")) { // a message may still be on its way
          await().untilAsserted(() -> check(example, application.port()));
        } else {
          check(example, application.port());
        }
      }
    }
  }

  private void check(Example example, int port) throws Exception {
    assertThat(stable(run(example.command(), port)))
        .as(example.command())
        .isEqualTo(stable(example.answer()));
  }

  private static void awaitDemonstration(ApplicationProcess application) {
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> application.api().get("/signals").json().path("total").asInt() == 1);
  }

  private static List<Example> examples() throws IOException {
    Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
    List<Example> examples = new ArrayList<>();
    while (matcher.find()) {
      examples.add(new Example(matcher.group(1), matcher.group(2)));
    }
    return examples;
  }

  private static String run(String command, int port) throws Exception {
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                command
                    .replace("localhost:8080", "127.0.0.1:" + port)
                    .replaceFirst(
                        "curl", "curl -u '%s:%s'".formatted(RestApi.USER, RestApi.PASSWORD)))
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(command).isTrue();
    return answer;
  }

  /** An answer without what differs, one field a line. */
  private String stable(String answer) throws IOException {
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(stable(json.readTree(answer)));
  }

  private JsonNode stable(JsonNode node) {
    if (node instanceof ArrayNode array) {
      array.forEach(this::stable);
    } else if (node instanceof ObjectNode object) {
      boolean numbered = object.has("direction") || object.has("attempts");
      object.properties().forEach(field -> stable(field.getValue()));
      object.remove(VOLATILE.stream().filter(name -> !object.path(name).isNull()).toList());
      if (numbered) {
        object.remove(List.of("id", "displayName")); // ids run on with the sensor's messages
      }
      if (object.path("name").asText().equals("tcp")) {
        object.remove("detail"); // the embedded broker's port is another one here
      }
    }
    return node;
  }
}
