package org.mqttintegration.outbound;

import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mail.JavaMailSender;
import org.apache.camel.component.mail.MailConfiguration;

/** Mail on checked sockets, with TLS or without. */
final class CheckedMailConfiguration extends MailConfiguration {

  private static final String OWN_TLS =
      "%s: cannot have sslContextParameters, since mail would connect by them to any address."
          + " Use STARTTLS, mail.%1$s.ssl.trust, or the trust store of Java";

  private final CheckedSocketFactory sockets;

  CheckedMailConfiguration(CamelContext camel, OutboundAddresses addresses) {
    super(camel);
    this.sockets = new CheckedSocketFactory(addresses);
  }

  @Override
  protected JavaMailSender createJavaMailSender(CamelContext context) {
    JavaMailSender sender = super.createJavaMailSender(context);
    use(sender.getSession().getProperties(), "mail." + getProtocol());
    return sender;
  }

  /**
   * A factory of TLS sockets would connect by itself. Ours has none, so that Angus Mail puts TLS
   * onto them when they are connected; for STARTTLS it takes the other factory then.
   */
  private void use(Properties properties, String prefix) {
    boolean tlsAtOnce =
        isSecureProtocol()
            || "true".equalsIgnoreCase(String.valueOf(properties.get(prefix + ".ssl.enable")));
    boolean ownTls =
        properties.get(prefix + ".socketFactory") instanceof SSLSocketFactory
            || properties.get(prefix + ".ssl.socketFactory") instanceof SSLSocketFactory;
    if (tlsAtOnce && ownTls) {
      throw new IllegalArgumentException(OWN_TLS.formatted(getProtocol()));
    }
    properties.put(prefix + ".socketFactory", sockets);
    properties.put(prefix + ".socketFactory.fallback", "false"); // else it goes on without ours
    if (!ownTls) {
      properties.put(prefix + ".ssl.socketFactory", sockets);
    }
  }
}
