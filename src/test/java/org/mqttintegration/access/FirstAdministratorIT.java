package org.mqttintegration.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.RestApi;

/** The first start of an application that nobody gave a password. */
@InProcessOfItsOwn
class FirstAdministratorIT {

  private static final String OWN = "a password of my own";

  @Test
  void given_a_first_start_when_the_password_of_the_file_is_changed_then_all_else_is_served()
      throws Exception {
    Parts.ran(FirstAdministratorIT.class, Part.EMBEDDED_POSTGRESQL);
    try (ApplicationProcess application =
        ApplicationProcess.alone(
            "--mqtt-integration.access.initial-password=",
            "--logging.level.org.mqttintegration.access=info")) {
      application.start();
      Path file = application.data().resolve("initial-admin-password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      String password = Files.readString(file).strip();
      assertThat(password).hasSize(24);
      assertThat(String.join("\n", application.log()))
          .contains("file=" + file.toAbsolutePath())
          .doesNotContain(password);

      RestApi first = application.api().as("admin", password);
      first.get("/brokers").expectProblem(403, "password-change-required");
      first.put("/me/password", Map.of("current", password, "password", OWN)).expect(204);
      assertThat(file).doesNotExist();
      RestApi admin = application.api().as("admin", OWN);
      admin.get("/brokers").expect(200);

      restart(application);
      admin.get("/brokers").expect(200);
      assertThat(file).doesNotExist();

      application.with("MQTT_INTEGRATION_ACCESS_RESET_ADMINISTRATOR", "true");
      restart(application);
      admin.get("/me").expectProblem(401, "not-signed-in");
      RestApi reset = application.api().as("admin", Files.readString(file).strip());
      reset.get("/brokers").expectProblem(403, "password-change-required");
    }
  }

  private static void restart(ApplicationProcess application)
      throws IOException, InterruptedException {
    application.stop();
    application.start();
  }
}
