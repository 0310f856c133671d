package org.mqttintegration.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mqttintegration.testing.MqttTestClient;

/** The example mail-alert. */
@ExtendWith(Examples.class)
class MailExampleIT {

  private final ExampleApplication application;

  MailExampleIT(ExampleApplication application) {
    this.application = application;
  }

  @Test
  void given_mail_alert_when_readings_are_too_high_then_there_is_one_mail_for_each_topic()
      throws Exception {
    try (MqttTestClient mqtt = application.mqtt()) {
      mqtt.publish("plant/mail-1/temperature", "{\"celsius\": 79}", 1);
      mqtt.publish("plant/mail-1/temperature", "{\"celsius\": 91.5}", 1);
      mqtt.publish("plant/mail-1/temperature", "{\"celsius\": 92.5}", 1);
      mqtt.publish("plant/mail-2/temperature", "{\"celsius\": 93.5}", 1);
      mqtt.publish("plant/mail-1/temperature", "{\"celsius\": 94.5}", 1);
      mqtt.publish("plant/mail-3/temperature", "{\"celsius\": 95.5}", 1);
    }

    List<String> mails =
        await()
            .atMost(Duration.ofSeconds(30))
            .during(Duration.ofSeconds(2))
            .until(this::mails, found -> found.size() == 3);
    assertThat(mails)
        .anySatisfy(mail -> assertThat(mail).contains("plant/mail-1/temperature", "91.5"))
        .anySatisfy(mail -> assertThat(mail).contains("plant/mail-2/temperature", "93.5"))
        .allSatisfy(mail -> assertThat(mail).startsWith("A reading is above its threshold"));
  }

  /** Subject and text of the mails of this suite. */
  private List<String> mails() {
    return Arrays.stream(application.mail.getReceivedMessages())
        .map(MailExampleIT::text)
        .filter(text -> text.contains("plant/mail-"))
        .toList();
  }

  private static String text(MimeMessage mail) {
    try {
      return mail.getSubject() + "\n" + mail.getContent();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
