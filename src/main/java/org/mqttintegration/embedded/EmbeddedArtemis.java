package org.mqttintegration.embedded;

import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An Artemis that speaks MQTT only, on loopback, and keeps sessions and messages on disk. */
final class EmbeddedArtemis implements AutoCloseable {

  static final String HOST = "127.0.0.1";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedArtemis.class);

  private final EmbeddedActiveMQ server;
  private final LocalBroker broker;

  private EmbeddedArtemis(EmbeddedActiveMQ server, LocalBroker broker) {
    this.server = server;
    this.broker = broker;
  }

  /**
   * Starts it, with its data in {@code artemis} of the data directory.
   *
   * @param wantedPort the port to listen on, if nothing else does
   */
  @SuppressWarnings("PMD.SignatureDeclareThrowsException")
  static EmbeddedArtemis start(DataDirectory data, int wantedPort) throws Exception {
    int port = new BrokerPort(data.resolve("mqtt-port.properties"), wantedPort).choose();
    EmbeddedActiveMQ server =
        new EmbeddedActiveMQ().setConfiguration(configuration(data.resolve("artemis"), port));
    server.start();
    OneIdentifierPerCopy.install(server.getActiveMQServer());
    RedeliveryOnResume.install(server.getActiveMQServer());
    if (server.getActiveMQServer().getRemotingService().getAcceptor("mqtt") == null
        || !server.getActiveMQServer().getRemotingService().getAcceptor("mqtt").isStarted()) {
      server.stop();
      throw new IllegalStateException("The embedded MQTT broker cannot listen on port " + port);
    }
    LOG.info("embedded mqtt broker started host={} port={}", HOST, port);
    return new EmbeddedArtemis(server, new LocalBroker(HOST, port));
  }

  private static Configuration configuration(Path directory, int port) throws Exception {
    Configuration configuration =
        new ConfigurationImpl()
            .setName("mqtt-integration")
            .setPersistenceEnabled(true)
            .setSecurityEnabled(false) // loopback only
            .setJMXManagementEnabled(false)
            .setJournalType(JournalType.NIO)
            .setJournalDirectory(directory.resolve("journal").toString())
            .setBindingsDirectory(directory.resolve("bindings").toString())
            .setPagingDirectory(directory.resolve("paging").toString())
            .setLargeMessagesDirectory(directory.resolve("large-messages").toString())
            .setMaxDiskUsage(-1) // else it stops reading from publishers when the disk is 90 % full
            .setCriticalAnalyzer(false) // it ends the process
            .setMessageCounterEnabled(false)
            .addAcceptorConfiguration("mqtt", acceptor(port));
    configuration.setWildCardConfiguration(
        // topics are kept as they are, dots included
        new WildcardConfiguration().setDelimiter('/').setAnyWords('#').setSingleWord('+'));
    configuration.addAddressSetting("#", addressSettings());
    return configuration;
  }

  private static String acceptor(int port) {
    // the keep alive is the client's to choose; Artemis would cap it at 60 s
    return "tcp://" + HOST + ":" + port + "?protocols=MQTT;serverKeepAlive=-1;useEpoll=false";
  }

  private static AddressSettings addressSettings() {
    return new AddressSettings()
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
        .setMaxSizeBytes(20L * 1024 * 1024)
        .setAutoDeleteQueues(false) // the queue of a durable session waits for its client
        .setAutoDeleteAddresses(false) // nor may a retained message go with its address
        .setMaxDeliveryAttempts(-1); // a message that was not acknowledged ten times is not dropped
  }

  LocalBroker broker() {
    return broker;
  }

  @Override
  public void close() throws Exception {
    server.stop();
    LOG.info("embedded mqtt broker stopped port={}", broker.port());
  }
}
