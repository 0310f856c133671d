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

  private static final Pattern SIGN_IN =
      Pattern.compile("```sh\\nexport PASSWORD='([^\\n]*)'\\n(curl [^\\n]*)\\n```");

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

  private String password = "";

  private record Example(String command, String answer) {}

  @Test
  void given_a_first_start_when_the_readmes_lines_are_run_then_they_answer_as_it_says()
      throws Exception {
    Parts.ran(ReadmeIT.class, Part.EMBEDDED_POSTGRESQL);
    Parts.ran(ReadmeIT.class, Part.ARTEMIS);
    String readme = Files.readString(Path.of("README.md"));
    List<Example> examples = examples(readme);
    assertThat(examples).hasSizeGreaterThanOrEqualTo(7);
    try (ApplicationProcess application =
        new ApplicationProcess(
            "--mqtt-integration.embedded.mqtt.port=0",
            "--mqtt-integration.access.initial-password=")) {
      application.start();
      signIn(readme, application);
      awaitDemonstration(application);
      for (Example example : examples) {
        if (example.command().contains(" -G ")) { // a message may still be on its way
          await().untilAsserted(() -> check(example, application));
        } else {
          check(example, application);
        }
      }
    }
  }

  private void signIn(String readme, ApplicationProcess application) throws Exception {
    Matcher lines = SIGN_IN.matcher(readme);
    assertThat(lines.find()).isTrue();
    password = lines.group(1);
    String file = application.data().resolve("initial-admin-password").toString();
    run(lines.group(2).replace("data/initial-admin-password", file), application.port());
  }

  private void check(Example example, ApplicationProcess application) throws Exception {
    assertThat(stable(run(example.command(), application.port())))
        .as(example.command())
        .isEqualTo(stable(example.answer()));
  }

  private void awaitDemonstration(ApplicationProcess application) {
    RestApi api = application.api().as("admin", password);
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> api.get("/signals").json().path("total").asInt() == 1);
  }

  private static List<Example> examples(String readme) {
    Matcher matcher = EXAMPLE.matcher(readme);
    List<Example> examples = new ArrayList<>();
    while (matcher.find()) {
      examples.add(new Example(matcher.group(1), matcher.group(2)));
    }
    return examples;
  }

  private String run(String command, int port) throws Exception {
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", command.replace("localhost:8080", "127.0.0.1:" + port));
    shell.environment().put("PASSWORD", password);
    Process process = shell.start();
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
