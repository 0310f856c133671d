package org.mqttintegration.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An MQTT 5 broker that does what a test tells it, right or wrong. By default it accepts
 * connections, grants subscriptions, and answers publishing with Success; a test overrides what
 * shall go otherwise.
 */
class ScriptedBroker implements AutoCloseable {

  static final int CONNECT = 1;
  static final int PUBLISH = 3;
  static final int PUBACK = 4;
  static final int PUBREC = 5;
  static final int PUBREL = 6;
  static final int PUBCOMP = 7;
  static final int SUBSCRIBE = 8;
  static final int UNSUBSCRIBE = 10;
  static final int PINGREQ = 12;
  static final int DISCONNECT = 14;

  private final ServerSocket server;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  /**
   * A packet as it came: type, flags of the fixed header, and what follows the remaining length.
   */
  record Packet(int type, int flags, byte[] body) {

    /** The packet identifier of all but PUBLISH. */
    int identifier() {
      return (body[0] & 0xFF) << 8 | (body[1] & 0xFF);
    }

    /** The packet identifier of a QoS 1 or 2 PUBLISH. */
    int publishIdentifier() {
      int topic = (body[0] & 0xFF) << 8 | (body[1] & 0xFF);
      return (body[2 + topic] & 0xFF) << 8 | (body[3 + topic] & 0xFF);
    }

    int qos() {
      return flags >> 1 & 3;
    }
  }

  ScriptedBroker() throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  ScriptedBroker(ServerSocket server) {
    this.server = server;
    daemon(this::accept);
  }

  /** One that answers each CONNECT with this. */
  static ScriptedBroker answeringConnect(byte[] connack) throws IOException {
    return new ScriptedBroker() {
      @Override
      void onConnect(Connection connection, Packet packet) throws IOException {
        connection.send(connack);
      }
    };
  }

  /** One that answers each SUBSCRIBE with this reason code. */
  static ScriptedBroker answeringSubscribe(int reasonCode) throws IOException {
    return new ScriptedBroker() {
      @Override
      void onSubscribe(Connection connection, Packet packet) throws IOException {
        connection.send(BrokerPackets.answer(0x90, packet.identifier(), reasonCode));
      }
    };
  }

  /**
   * One that answers each PUBLISH with this reason code.
   *
   * @param header that of PUBACK or PUBREC
   */
  static ScriptedBroker answeringPublish(int header, int reasonCode) throws IOException {
    return new ScriptedBroker() {
      @Override
      void onPublish(Connection connection, Packet packet) throws IOException {
        connection.send(
            BrokerPackets.acknowledgement(header, packet.publishIdentifier(), reasonCode));
      }
    };
  }

  URI uri() {
    return uri("mqtt");
  }

  URI uri(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
  }

  List<Connection> connections() {
    return connections;
  }

  /** The packets of a type that came on any connection, in order. */
  List<Packet> received(int type) {
    return connections.stream()
        .flatMap(c -> c.received.stream())
        .filter(p -> p.type == type)
        .toList();
  }

  void onConnect(Connection connection, Packet packet) throws IOException {
    connection.send(BrokerPackets.connack(false, 0));
  }

  void onSubscribe(Connection connection, Packet packet) throws IOException {
    int granted = packet.body[packet.body.length - 1] & 3;
    connection.send(BrokerPackets.answer(0x90, packet.identifier(), granted));
  }

  void onUnsubscribe(Connection connection, Packet packet) throws IOException {
    connection.send(BrokerPackets.answer(0xB0, packet.identifier(), 0));
  }

  void onPublish(Connection connection, Packet packet) throws IOException {
    if (packet.qos() == 1) {
      connection.send(BrokerPackets.acknowledgement(0x40, packet.publishIdentifier(), 0));
    } else if (packet.qos() == 2) {
      connection.send(BrokerPackets.acknowledgement(0x50, packet.publishIdentifier(), 0));
    }
  }

  void onRelease(Connection connection, Packet packet) throws IOException {
    connection.send(BrokerPackets.acknowledgement(0x70, packet.identifier(), 0));
  }

  void onPing(Connection connection) throws IOException {
    connection.send(new byte[] {(byte) 0xD0, 0});
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Connection connection = new Connection(server.accept());
        connections.add(connection);
        daemon(connection::run);
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void handle(Connection connection, Packet packet) throws IOException {
    switch (packet.type) {
      case CONNECT -> onConnect(connection, packet);
      case SUBSCRIBE -> onSubscribe(connection, packet);
      case UNSUBSCRIBE -> onUnsubscribe(connection, packet);
      case PUBLISH -> onPublish(connection, packet);
      case PUBREL -> onRelease(connection, packet);
      case PUBREC -> connection.send(BrokerPackets.acknowledgement(0x62, packet.identifier(), 0));
      case PINGREQ -> onPing(connection);
      default -> {}
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "scripted-broker");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Connection connection : connections) {
      connection.cut();
    }
  }

  /** One client's connection. */
  final class Connection {

    private final Socket socket;
    private final List<Packet> received = new CopyOnWriteArrayList<>();

    Connection(Socket socket) {
      this.socket = socket;
    }

    List<Packet> received(int type) {
      return received.stream().filter(p -> p.type == type).toList();
    }

    /** Sends packets in one write, so that they come in one segment. */
    void send(byte[]... packets) throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] packet : packets) {
        all.writeBytes(packet);
      }
      OutputStream out = socket.getOutputStream();
      synchronized (this) {
        out.write(all.toByteArray());
        out.flush();
      }
    }

    /** Ends the connection without a DISCONNECT. */
    void cut() throws IOException {
      socket.close();
    }

    boolean isCut() {
      return socket.isClosed();
    }

    private void run() {
      try (socket) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
          int header = in.readUnsignedByte();
          int length = 0;
          int shift = 0;
          int octet;
          do {
            octet = in.readUnsignedByte();
            length |= (octet & 127) << shift;
            shift += 7;
          } while (octet > 127);
          byte[] body = in.readNBytes(length);
          Packet packet = new Packet(header >> 4, header & 15, body);
          received.add(packet);
          handle(this, packet);
        }
      } catch (IOException ended) {
        // the client has gone, or the test cut it off
      }
    }
  }
}
