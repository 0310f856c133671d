package org.mqttintegration.activity;

import jakarta.mail.PasswordAuthentication;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mail.MailAuthenticator;
import org.mqttintegration.access.Accounts;
import org.mqttintegration.activity.ActivitySettings.Mail;
import org.mqttintegration.secret.UsedSecrets;
import org.springframework.stereotype.Component;

/** Sends mails to followers. The server's password is no part of the endpoint's URI. */
@Component
class MailDelivery {

  private static final String AUTHENTICATOR = "activityMailAuthenticator";

  private final ProducerTemplate producer;
  private final Accounts accounts;
  private final UsedSecrets secrets;
  private final Mail settings;

  MailDelivery(
      CamelContext camel,
      ProducerTemplate producer,
      Accounts accounts,
      UsedSecrets secrets,
      ActivitySettings settings) {
    this.producer = producer;
    this.accounts = accounts;
    this.secrets = secrets;
    this.settings = settings.mail();
    if (this.settings.password() != null) {
      secrets.add(this.settings.password());
      camel.getRegistry().bind(AUTHENTICATOR, new Login(this.settings));
    }
  }

  /** The account at the mail server. */
  private static final class Login extends MailAuthenticator {
    private final Mail settings;

    private Login(Mail settings) {
      this.settings = settings;
    }

    @Override
    public PasswordAuthentication getPasswordAuthentication() {
      return new PasswordAuthentication(settings.username(), settings.password());
    }
  }

  /**
   * Sends one.
   *
   * @throws DeliveryFailure when the server did not take it, or none can be asked
   */
  void send(Delivery delivery) throws DeliveryFailure {
    if (settings.host() == null || settings.host().isBlank()) {
      throw new DeliveryFailure(
          "There is no mail server; an administrator sets mqtt-integration.activity.mail.host.");
    }
    Map<String, Object> headers =
        Map.of(
            "To",
            address(delivery),
            "From",
            settings.from(),
            "Subject",
            DeliveryText.subject(delivery.entries()),
            "Message-ID",
            messageId(delivery),
            "Auto-Submitted",
            "auto-generated",
            Exchange.CONTENT_TYPE,
            "text/plain; charset=UTF-8");
    Exchange done =
        producer.request(
            uri(),
            exchange -> {
              exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
              exchange.getMessage().setBody(DeliveryText.text(delivery.entries()));
            });
    if (done.getException() != null) {
      throw new DeliveryFailure(reason(done.getException()));
    }
  }

  private String reason(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return String.valueOf(secrets.hide(text)).lines().findFirst().orElse("").strip();
  }

  private String address(Delivery delivery) throws DeliveryFailure {
    if (delivery.type() == FollowerType.MAIL) {
      return delivery.target();
    }
    return accounts
        .mail(delivery.target())
        .orElseThrow(() -> new DeliveryFailure("The user has no mail address."));
  }

  /** The same in each attempt, so that a receiver can drop what came before. */
  private String messageId(Delivery delivery) {
    String from = settings.from();
    return "<%d.%s@%s>"
        .formatted(
            delivery.id(),
            delivery.messageId(),
            from.substring(from.indexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", ""));
  }

  private String uri() {
    String scheme = settings.security() == Mail.Security.TLS ? "smtps" : "smtp";
    StringBuilder uri =
        new StringBuilder(
            "%s://%s:%d?connectionTimeout=10000&mail.%s.timeout=30000&mail.%s.writetimeout=30000"
                .formatted(scheme, settings.host(), settings.port(), scheme, scheme));
    if (settings.security() == Mail.Security.STARTTLS) {
      uri.append("&mail.smtp.starttls.enable=true&mail.smtp.starttls.required=true");
    }
    if (settings.password() != null) {
      uri.append("&authenticator=#").append(AUTHENTICATOR);
    }
    return uri.toString();
  }
}
