package org.mqttintegration.mqtt;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/**
 * The bytes inside the binary frames of a WebSocket (RFC 6455, section 5), of which MQTT packets
 * are made.
 */
final class WebSocketInput extends InputStream {

  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int CONTROL_MAX_LENGTH = 125;

  private final InputStream socket;
  private final DataInputStream frames;
  private final WebSocketOutput answers;
  private long remaining;

  WebSocketInput(InputStream socket, WebSocketOutput answers) {
    this.socket = socket;
    this.frames = new DataInputStream(new Patient(socket));
    this.answers = answers;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (remaining == 0) {
      if (!nextFrame()) {
        return -1;
      }
    }
    int count = socket.read(bytes, offset, (int) Math.min(length, remaining));
    if (count > 0) {
      remaining -= count;
    }
    return count;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(remaining, socket.available());
  }

  /**
   * Reads a frame's header; a time-out of the socket leaves this method only between two frames.
   */
  private boolean nextFrame() throws IOException {
    int first = socket.read();
    if (first < 0) {
      return false;
    }
    int second = frames.readUnsignedByte();
    if ((second & 0x80) != 0) {
      throw new IOException("A WebSocket server does not mask its frames (RFC 6455, section 5.1)");
    }
    long length = second & 0x7F;
    if (length == 126) {
      length = frames.readUnsignedShort();
    } else if (length == 127) {
      length = frames.readLong();
    }
    return switch (first & 0x0F) {
      case CLOSE -> false;
      case PING, PONG -> control(first & 0x0F, length);
      default -> {
        remaining = length;
        yield true;
      }
    };
  }

  private boolean control(int opcode, long length) throws IOException {
    if (length > CONTROL_MAX_LENGTH) {
      throw new IOException("A WebSocket control frame has at most 125 bytes");
    }
    byte[] payload = new byte[(int) length];
    frames.readFully(payload);
    if (opcode == PING) {
      answers.frame(PONG, payload);
    }
    return true;
  }

  /** Goes on after the socket's time-outs, which only serve to look whether to stop. */
  private static final class Patient extends InputStream {

    private final InputStream in;

    Patient(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      while (true) {
        try {
          int octet = in.read();
          if (octet < 0) {
            throw new EOFException("The WebSocket ended within a frame");
          }
          return octet;
        } catch (SocketTimeoutException goOn) {
          if (Thread.interrupted()) {
            throw goOn;
          }
        }
      }
    }
  }
}
