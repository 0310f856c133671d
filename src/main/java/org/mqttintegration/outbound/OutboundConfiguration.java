package org.mqttintegration.outbound;

import java.net.InetAddress;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rules of this application. */
@Configuration(proxyBeanMethods = false)
class OutboundConfiguration {

  @Bean
  OutboundAddresses outboundAddresses(
      OutboundSettings settings, ObjectProvider<JdbcConnectionDetails> databases) {
    NameResolver names = InetAddress::getAllByName;
    OwnDatabase own =
        new OwnDatabase(databases.stream().map(JdbcConnectionDetails::getJdbcUrl).toList(), names);
    return new OutboundAddresses(settings, names, own);
  }
}
