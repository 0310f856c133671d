package org.mqttintegration.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Properties;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.testing.Ports;

/** Where the clients of other components connect to; {@code target} would hear of it. */
class ClientsOutboundIT {

  private static final Map<String, String> DENIED = Map.of("deny", "127.0.0.1");
  private static final String RULE = "mqtt-integration.outbound.deny has 127.0.0.1";

  private static final String NAME = "target.test";

  private ServerSocket target;

  @BeforeEach
  void listen() throws IOException {
    target = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  }

  @AfterEach
  void nobodyConnected() throws IOException {
    target.setSoTimeout(1);
    assertThatThrownBy(target::accept).isInstanceOf(SocketTimeoutException.class);
    target.close();
  }

  @Test
  void given_a_denied_address_when_artemis_connects_then_it_is_refused_with_the_rule() {
    ConnectionFactory factory =
        OutboundJms.checked(
            new ActiveMQConnectionFactory("tcp://127.0.0.1:" + target.getLocalPort()),
            OutboundOfTests.with(DENIED).addresses());

    assertRefused(catchThrowable(factory::createConnection));
  }

  @ParameterizedTest
  @ValueSource(strings = {"amqp", "amqps"})
  void given_a_denied_address_when_qpid_connects_then_it_is_refused_with_the_rule(String scheme) {
    JmsConnectionFactory factory =
        new JmsConnectionFactory(scheme + "://" + NAME + ":" + target.getLocalPort());
    OutboundAmqp.check(factory, OutboundOfTests.with(DENIED).name(NAME, "127.0.0.1").addresses());

    assertRefused(catchThrowable(() -> factory.createConnection().start()));
  }

  @Test
  void given_a_denied_address_when_postgresql_connects_then_it_is_refused_with_the_rule() {
    Properties properties = new Properties();
    properties.putAll(CheckedSocketFactory.postgres(OutboundOfTests.with(DENIED).addresses()));

    assertRefused(
        catchThrowable(
            () ->
                DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:%d/erp".formatted(target.getLocalPort()),
                    properties)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:%d", "127.0.0.2:1,target.test:%d"})
  void given_a_denied_bootstrap_server_when_a_kafka_client_is_made_then_it_is_refused(String list) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", list.formatted(target.getLocalPort()));
    CheckedKafkaClients clients =
        new CheckedKafkaClients(
            OutboundOfTests.with(DENIED).name(NAME, "127.0.0.2 127.0.0.1").addresses());

    assertThatThrownBy(() -> clients.getProducer(properties))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(RULE);
    assertThatThrownBy(() -> clients.getConsumer(properties)).hasMessageContaining(RULE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smtp://127.0.0.1:%d?to=a@example.org",
        "smtps://127.0.0.1:%d?to=a@example.org",
        "smtp://127.0.0.1:%d?to=a@example.org&mail.smtp.ssl.enable=true",
        "smtps://127.0.0.1:%d?to=a@example.org&mail.smtps.ssl.socketFactory.class=javax.net.ssl.SSLSocketFactory",
        "smtp://127.0.0.1:%d?to=a@example.org&mail.smtp.socketFactory.fallback=true",
        "smtp://127.0.0.1:%d?to=a@example.org&mail.smtp.socketFactory.class=javax.net.SocketFactory",
      })
  void given_a_denied_address_when_mail_is_sent_then_it_is_refused_with_the_rule(String uri)
      throws Exception {
    try (DefaultCamelContext camel = mail(OutboundOfTests.with(DENIED).addresses())) {
      assertRefused(send(camel, uri.formatted(target.getLocalPort())).getException());
    }
  }

  @Test
  void given_tls_of_its_own_when_mail_would_connect_by_it_then_the_endpoint_is_refused()
      throws Exception {
    try (DefaultCamelContext camel = mail(OutboundOfTests.defaults())) {
      camel.getRegistry().bind("tls", new SSLContextParameters());
      String uri = "smtps://127.0.0.1:%d?to=a@example.org&sslContextParameters=#tls";

      assertThat(catchThrowable(() -> send(camel, uri.formatted(target.getLocalPort()))))
          .rootCause()
          .hasMessageContaining("cannot have sslContextParameters");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"smtp", "smtps"})
  void given_a_permitted_address_when_mail_is_sent_then_it_arrives(String protocol)
      throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(Ports.free(), "127.0.0.1", protocol));
    server.start();
    try (DefaultCamelContext camel = mail(OutboundOfTests.defaults())) {
      int port = (protocol.equals("smtp") ? server.getSmtp() : server.getSmtps()).getPort();
      String trust = "&mail.smtps.ssl.trust=*&mail.smtps.ssl.checkserveridentity=false";
      Exchange sent =
          send(camel, "%s://127.0.0.1:%d?to=a@example.org%s".formatted(protocol, port, trust));

      assertThat(sent.getException()).isNull();
      assertThat(server.getReceivedMessages()).hasSize(1);
    } finally {
      server.stop();
    }
  }

  private static DefaultCamelContext mail(OutboundAddresses addresses) {
    DefaultCamelContext camel = new DefaultCamelContext();
    for (String scheme : new String[] {"smtp", "smtps"}) {
      MailComponent component = new MailComponent();
      component.setCamelContext(camel);
      component.setConfiguration(new CheckedMailConfiguration(camel, addresses));
      camel.addComponent(scheme, component);
    }
    camel.start();
    return camel;
  }

  private static Exchange send(CamelContext camel, String uri) {
    return camel
        .createProducerTemplate()
        .send(uri, exchange -> exchange.getMessage().setBody("It is warm."));
  }

  private static void assertRefused(Throwable failure) {
    assertThat(OutboundRefusedException.isIn(failure))
        .as("refused, not failed: %s", failure)
        .isTrue();
    assertThat(failure).rootCause().hasMessageContaining(RULE);
  }
}
