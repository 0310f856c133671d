package org.mqttintegration.mqtt;

import org.mqttintegration.mqtt.BrokerTransport.StepListener;
import org.mqttintegration.outbound.OutboundAddresses;
import org.springframework.stereotype.Component;

/** Makes ways to brokers: with the certificates that there are, to addresses that may be. */
@Component
class BrokerTransports {

  private final CertificateFiles files;
  private final OutboundAddresses outbound;

  BrokerTransports(CertificateFiles files, OutboundAddresses outbound) {
    this.files = files;
    this.outbound = outbound;
  }

  BrokerTransport to(ConnectionOptions options, StepListener steps) {
    return new BrokerTransport(options, files, outbound, steps);
  }
}
