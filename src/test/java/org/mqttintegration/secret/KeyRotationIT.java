package org.mqttintegration.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.RestApi;

/** The key of an application that has secrets: given a new one, taken away, replaced. */
class KeyRotationIT {

  private static final String PASSWORD = "rotation-canary";

  @Test
  void given_secrets_when_the_key_is_rotated_lost_or_replaced_then_none_is_lost_and_it_is_told()
      throws Exception {
    Parts.ran(KeyRotationIT.class, Part.EMBEDDED_POSTGRESQL);
    try (ConnectListener broker = new ConnectListener();
        ApplicationProcess application = ApplicationProcess.alone()) {
      Path file = application.data().resolve("secrets.key");
      application.start();
      String first = Files.readString(file);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      makeSecrets(application.api(), broker.port());

      rotate(application.api(), file, first);
      application.stop();
      broker.clear();
      String second = Files.readAllLines(file).get(0);
      Files.writeString(file, second);
      application.start();
      awaitPassword(broker);
      application.stop();

      Files.writeString(file, first);
      assertRefused(application, "that key " + id(second) + " encrypted; the key file " + file);
      assertThat(file).hasContent(first.strip());
      Files.delete(file);
      assertRefused(application, "there is no key file " + file);
      assertThat(file).doesNotExist();

      broker.clear();
      Files.writeString(file, second);
      application.start();
      awaitPassword(broker);
      assertThat(application.log())
          .noneMatch(line -> line.contains(PASSWORD) || line.contains(second.substring(0, 40)));
    }
  }

  private static void makeSecrets(RestApi api, int port) {
    api.broker("rotated", port, Map.of("username", "u", "password", PASSWORD));
    api.put("/secrets/token", Map.of("value", PASSWORD)).expect(200);
  }

  /** While it runs: the new key before the old one, and one request. */
  private static void rotate(RestApi api, Path file, String first) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    NewKeyCommand.run(new PrintStream(line, true, StandardCharsets.UTF_8));
    String second = line.toString(StandardCharsets.UTF_8);

    Files.writeString(file, second);
    assertThat(
            api.post("/secret-keys/re-encrypt")
                .expectProblem(409, "conflict")
                .json()
                .path("detail")
                .asText())
        .as("without the old key")
        .contains("key " + id(first));
    Files.writeString(file, second + first);
    JsonNode done = api.post("/secret-keys/re-encrypt").expect(200).json();
    assertThat(done.path("keyId").asText()).isEqualTo(id(second));
    assertThat(done.path("secrets").asInt()).isEqualTo(2);
    assertThat(done.path("reencrypted").asInt()).isEqualTo(2);
    assertThat(done.path("unusedKeyIds")).extracting(JsonNode::asText).containsExactly(id(first));
    assertThat(api.post("/secret-keys/re-encrypt").expect(200).json().path("reencrypted").asInt())
        .isZero();
  }

  private static String id(String line) {
    return KeyRing.read(List.of(line.strip()), "test").newest().id();
  }

  private static void awaitPassword(ConnectListener broker) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(broker.packets().toString()).contains(PASSWORD));
  }

  private static void assertRefused(ApplicationProcess application, String reason)
      throws IOException {
    int before = application.log().size();
    application.launch();
    await().atMost(Duration.ofMinutes(2)).until(() -> !application.isRunning());
    List<String> log = application.log().subList(before, application.log().size());
    assertThat(log)
        .contains("APPLICATION FAILED TO START", "Action:")
        .anyMatch(line -> line.contains(reason))
        .anyMatch(line -> line.startsWith("Bring back the key file"))
        .noneMatch(line -> line.startsWith("\tat "));
  }
}
