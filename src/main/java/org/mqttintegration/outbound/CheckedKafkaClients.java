package org.mqttintegration.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.utils.Utils;

/**
 * Checks the bootstrap servers when a client of Kafka is made. No more can be done: the client
 * looks names up and connects by itself, also to the brokers that the cluster names, and takes
 * nothing in between.
 */
final class CheckedKafkaClients extends DefaultKafkaClientFactory {

  private final OutboundAddresses addresses;

  CheckedKafkaClients(OutboundAddresses addresses) {
    this.addresses = addresses;
  }

  @Override
  public Producer getProducer(Properties settings) {
    check(settings);
    return super.getProducer(settings);
  }

  @Override
  public Consumer getConsumer(Properties settings) {
    check(settings);
    return super.getConsumer(settings);
  }

  /** All of them: which one the client takes is its own choice. */
  private void check(Properties settings) {
    String servers = settings.getProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
    for (String server : servers.split(",")) {
      String host = Utils.getHost(server.strip());
      Integer port = Utils.getPort(server.strip());
      if (host != null && port != null) {
        check(host, port);
      }
    }
  }

  private void check(String host, int port) {
    try {
      for (InetAddress address : addresses.resolve(host)) {
        addresses.check(new InetSocketAddress(address, port));
      }
    } catch (UnknownHostException e) {
      return; // the client says so itself
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
