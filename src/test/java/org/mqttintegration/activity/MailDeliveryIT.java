package org.mqttintegration.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mqttintegration.access.Accounts;
import org.mqttintegration.activity.ActivitySettings.Mail;
import org.mqttintegration.activity.ActivitySettings.Mail.Security;
import org.mqttintegration.secret.UsedSecrets;
import org.mqttintegration.testing.Certificates;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.TestMail;
import org.mqttintegration.testing.TlsFront;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Mail servers that must not be trusted, or that do not trust us. {@link StoryIT} has the others.
 */
@IntegrationTest
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailDeliveryIT {

  private static final String PASSWORD = "delivery-canary-password";

  /** Of this suite alone: the application delivers what others left, to the same port. */
  private static final String ADDRESS = "delivery-it@example.org";

  @Autowired CamelContext camel;
  @Autowired ProducerTemplate producer;
  @Autowired Accounts accounts;
  @Autowired UsedSecrets secrets;

  @TempDir static Path folder;
  private Certificates certificates;
  private GreenMail mail;

  @BeforeAll
  void start() {
    mail = TestMail.start();
    mail.setUser("mailer", "right");
    certificates =
        new Certificates(folder)
            .authority("ca")
            .signed("mail", "ca", "EC", "-ext", "san=ip:127.0.0.1");
  }

  @AfterAll
  void stop() {
    mail.stop();
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"TLS", "STARTTLS"})
  void given_a_certificate_of_nobody_we_trust_when_sent_then_it_fails_before_the_password_is_told(
      Security security) throws Exception {
    try (TlsFront front =
        new TlsFront(
            certificates.server("mail"), security == Security.STARTTLS, mail.getSmtp().getPort())) {

      DeliveryFailure failure = refused(security, front.port(), PASSWORD);

      assertThat(failure).hasMessageContaining("certification path");
      assertThat(front.inClear()).noneMatch(said -> said.startsWith("AUTH"));
      assertThat(TestMail.texts(mail, ADDRESS)).isBlank();
    }
  }

  @Test
  void given_a_server_without_starttls_when_it_is_needed_then_nothing_is_sent_in_clear() {
    DeliveryFailure failure = refused(Security.STARTTLS, mail.getSmtp().getPort(), "right");

    assertThat(failure).hasMessageContaining("STARTTLS");
    assertThat(TestMail.texts(mail, ADDRESS)).isBlank();
  }

  @Test
  void given_a_wrong_password_when_sent_then_the_refusal_is_told_and_the_password_is_not(
      CapturedOutput output) {
    DeliveryFailure failure = refused(Security.NONE, mail.getSmtp().getPort(), PASSWORD);

    assertThat(failure).hasMessageContaining("credentials invalid");
    assertThat(failure.getMessage() + output.getAll()).doesNotContain(PASSWORD);
    assertThat(TestMail.texts(mail, ADDRESS)).isBlank();
    assertThat(camel.getEndpoints())
        .extracting(endpoint -> endpoint.getEndpointUri())
        .noneMatch(uri -> uri.contains(PASSWORD));
  }

  private DeliveryFailure refused(Security security, int port, String password) {
    MailDelivery sender =
        new MailDelivery(camel, producer, accounts, secrets, settings(security, port, password));
    return catchThrowableOfType(DeliveryFailure.class, () -> sender.send(delivery()));
  }

  private static ActivitySettings settings(Security security, int port, String password) {
    Duration any = Duration.ofSeconds(1);
    return new ActivitySettings(
        any,
        any,
        null,
        any,
        any,
        any,
        any,
        any,
        new Mail("127.0.0.1", port, security, "mailer", password, "mqtt@example.org"));
  }

  private static Delivery delivery() {
    Instant now = Instant.now();
    AuditEntry entry =
        new AuditEntry(
            1,
            now,
            now,
            "system",
            "system",
            RecordKind.BROKER,
            "1",
            "Plant",
            EntryKind.EVENT,
            "lost",
            Severity.WARNING,
            "cut",
            List.of(),
            List.of());
    return new Delivery(
        1, UUID.randomUUID(), 1, FollowerType.MAIL, ADDRESS, 1, now, List.of(entry));
  }
}
