package org.mqttintegration.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.paho.mqttv5.client.websocket.WebSocketFrame;

/**
 * Puts what is written between two flushes into a binary frame of a WebSocket (RFC 6455, section
 * 5).
 */
final class WebSocketOutput extends OutputStream {

  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;

  private final OutputStream socket;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();

  WebSocketOutput(OutputStream socket) {
    this.socket = socket;
  }

  @Override
  public synchronized void write(int octet) {
    message.write(octet);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    message.write(bytes, offset, length);
  }

  @Override
  public synchronized void flush() throws IOException {
    if (message.size() > 0) {
      byte[] payload = message.toByteArray();
      message.reset();
      frame(BINARY, payload);
    }
  }

  /** Writes one frame. The payload is masked in place. */
  synchronized void frame(int opcode, byte[] payload) throws IOException {
    socket.write(new WebSocketFrame((byte) opcode, true, payload).encodeFrame());
    socket.flush();
  }
}
