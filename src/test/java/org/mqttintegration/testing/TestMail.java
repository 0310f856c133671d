package org.mqttintegration.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Has an application context send its mails to where a suite may start a server. */
public final class TestMail
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final int PORT = Ports.free();

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestPropertyValues.of(
            "mqtt-integration.activity.mail.host=127.0.0.1",
            "mqtt-integration.activity.mail.port=" + PORT,
            "mqtt-integration.activity.mail.from=mqtt@example.org")
        .applyTo(context);
  }

  /** Starts the server. */
  public static GreenMail start() {
    GreenMail mail = new GreenMail(new ServerSetup(PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    return mail;
  }

  /** What came for an address, subjects and texts. */
  public static String texts(GreenMail mail, String address) {
    return Arrays.stream(mail.getReceivedMessages())
        .map(message -> text(message, address))
        .collect(Collectors.joining("\n"));
  }

  private static String text(MimeMessage message, String address) {
    try (InputStream content = message.getInputStream()) {
      return GreenMailUtil.getAddressList(message.getAllRecipients()).equals(address)
          ? message.getSubject() + "\n" + new String(content.readAllBytes(), StandardCharsets.UTF_8)
          : "";
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
