package org.mqttintegration.mqtt;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;

/**
 * Has TCP acknowledge at once what is read. A broker that leaves Nagle's algorithm on, as Mosquitto
 * does by default, holds back a second PUBACK until the first is acknowledged, which TCP would put
 * off for 40 ms.
 */
final class QuickAckInput extends FilterInputStream {

  private final Socket socket;
  private final boolean supported;

  QuickAckInput(Socket socket) throws IOException {
    super(socket.getInputStream());
    this.socket = socket;
    this.supported = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
  }

  @Override
  public int read() throws IOException {
    int octet = in.read();
    acknowledge();
    return octet;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    acknowledge();
    return count;
  }

  /** Holds until the next segment only, so it is set again and again. */
  private void acknowledge() throws IOException {
    if (supported) {
      socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }
}
