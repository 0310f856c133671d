package org.mqttintegration.outbound;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;

/** A socket that is connected only to what may be connected to. */
final class CheckedSocket extends Socket {

  private final OutboundAddresses addresses;

  CheckedSocket(OutboundAddresses addresses) {
    this.addresses = addresses;
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    super.connect(addresses.permitted(endpoint), timeout);
  }
}
