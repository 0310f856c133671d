package org.mqttintegration.examples;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.mqttintegration.testing.Ports;

/** An Artemis of its own protocol, and one of AMQP 1.0; they come back without data. */
final class QueuePeer implements AutoCloseable {

  private final int corePort = Ports.free();
  private final int amqpPort = Ports.free();
  private EmbeddedActiveMQ core;
  private EmbeddedActiveMQ amqp;

  /** What came out of a queue. */
  record Taken(String topic, long historyId, String payload) {}

  void start() throws Exception {
    core = broker("core", coreUrl() + "?protocols=CORE");
    amqp = broker("amqp", "tcp://127.0.0.1:%d?protocols=AMQP".formatted(amqpPort));
  }

  private static EmbeddedActiveMQ broker(String name, String acceptor) throws Exception {
    Configuration configuration =
        new ConfigurationImpl()
            .setName(name)
            .setPersistenceEnabled(false)
            .setSecurityEnabled(false)
            .setJMXManagementEnabled(false)
            .addAcceptorConfiguration(name, acceptor);
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(configuration);
    broker.start();
    return broker;
  }

  void stop() throws Exception {
    core.stop();
    amqp.stop();
  }

  String coreUrl() {
    return "tcp://127.0.0.1:" + corePort;
  }

  String amqpUrl() {
    return "amqp://127.0.0.1:" + amqpPort;
  }

  ConnectionFactory core() {
    return new ActiveMQConnectionFactory(coreUrl());
  }

  ConnectionFactory amqp() {
    return new JmsConnectionFactory(amqpUrl());
  }

  /** Puts a text into a queue, with the property {@code mqttTopic}. */
  static void put(ConnectionFactory by, String queue, String topic, String text)
      throws JMSException {
    try (Connection connection = by.createConnection();
        Session session = connection.createSession()) {
      TextMessage message = session.createTextMessage(text);
      message.setStringProperty("mqttTopic", topic);
      session.createProducer(session.createQueue(queue)).send(message);
    }
  }

  /** Takes the next message of this MQTT topic out of a queue, waiting for it. */
  static Taken take(ConnectionFactory by, String queue, String topic) throws JMSException {
    try (Connection connection = by.createConnection();
        Session session = connection.createSession();
        MessageConsumer consumer =
            session.createConsumer(
                session.createQueue(queue), "mqttTopic = '%s'".formatted(topic))) {
      connection.start();
      Message message = consumer.receive(30_000);
      if (message == null) {
        throw new AssertionError("nothing of %s came into %s".formatted(topic, queue));
      }
      return new Taken(
          message.getStringProperty("mqttTopic"),
          message.getLongProperty("mqttHistoryId"),
          new String(message.getBody(byte[].class), java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() throws Exception {
    stop();
  }
}
