package org.mqttintegration.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A broker whose answers to QoS 1 messages tests of other packages choose. */
public final class AnsweringBroker implements AutoCloseable {

  /** No answer at all. */
  public static final int NOTHING = -1;

  /** The connection ends. */
  public static final int CUT = -2;

  private final Queue<Integer> next = new ConcurrentLinkedQueue<>();
  private final ScriptedBroker broker;
  private volatile int otherwise;
  private volatile Integer subscriptions;

  /** Starts one that answers all with Success, and tells this Maximum QoS. */
  public AnsweringBroker(int maximumQos) throws IOException {
    broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) throws IOException {
            connection.send(
                maximumQos == 2
                    ? BrokerPackets.connack(false, 0)
                    : BrokerPackets.connack(false, 0, BrokerPackets.properties(0x24, maximumQos)));
          }

          @Override
          void onSubscribe(Connection connection, Packet packet) throws IOException {
            Integer code = subscriptions;
            if (code == null) {
              super.onSubscribe(connection, packet);
            } else {
              connection.send(BrokerPackets.answer(0x90, packet.identifier(), code));
            }
          }

          @Override
          void onPublish(Connection connection, Packet packet) throws IOException {
            answer(connection, packet);
          }
        };
  }

  private void answer(ScriptedBroker.Connection connection, ScriptedBroker.Packet packet)
      throws IOException {
    Integer code = next.poll();
    int answer = code == null ? otherwise : code;
    if (answer == CUT) {
      connection.cut();
    } else if (answer != NOTHING && packet.qos() > 0) {
      connection.send(BrokerPackets.acknowledgement(0x40, packet.publishIdentifier(), answer));
    }
  }

  /** Answers the next messages with these reason codes, and all after them with the last. */
  public void answer(Integer... reasonCodes) {
    next.clear();
    next.addAll(Arrays.asList(reasonCodes).subList(0, reasonCodes.length - 1));
    otherwise = reasonCodes[reasonCodes.length - 1];
  }

  /** Answers subscriptions with this reason code from now on; null grants them. */
  public void answerSubscriptions(Integer reasonCode) {
    subscriptions = reasonCode;
  }

  public int port() {
    return broker.uri().getPort();
  }

  /** What was published: topic and payload, in order of arrival. */
  public List<String> published() {
    return broker.received(ScriptedBroker.PUBLISH).stream().map(AnsweringBroker::text).toList();
  }

  private static String text(ScriptedBroker.Packet packet) {
    byte[] body = packet.body();
    int topic = (body[0] & 0xFF) << 8 | (body[1] & 0xFF);
    int properties = 2 + topic + (packet.qos() > 0 ? 2 : 0);
    int payload = properties + 1 + body[properties];
    return new String(body, 2, topic, StandardCharsets.UTF_8)
        + " "
        + new String(body, payload, body.length - payload, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    broker.close();
  }
}
