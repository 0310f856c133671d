package org.mqttintegration.mqtt;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.mqttintegration.mqtt.QosTwoGate.Held;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a link sends and the broker answers with reason codes. */
final class Requests {

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private final PahoClient client;
  private final BrokerTransport transport;
  private final PacketIdentifiers identifiers;

  /** By packet identifier, QoS 2 messages that await their PUBREC or PUBCOMP. */
  private final Map<Integer, CompletableFuture<Integer>> exactlyOnce = new ConcurrentHashMap<>();

  private interface Request {
    void send(int packetIdentifier, MqttActionListener listener) throws MqttException;
  }

  Requests(PahoClient client, BrokerTransport transport, PacketIdentifiers identifiers) {
    this.client = client;
    this.transport = transport;
    this.identifiers = identifiers;
  }

  CompletableFuture<Integer> subscribe(MqttSubscription subscription, MqttProperties properties) {
    return request(
        (packetIdentifier, listener) ->
            client.subscribe(packetIdentifier, subscription, properties, listener));
  }

  CompletableFuture<Integer> unsubscribe(String topicFilter) {
    return request(
        (packetIdentifier, listener) ->
            client.unsubscribe(packetIdentifier, topicFilter, listener));
  }

  /**
   * Publishes at QoS 0 or 1. QoS 0 takes a packet identifier too, though it is not sent: Paho knows
   * what it sends by it, and would give one of its own that another message has.
   */
  CompletableFuture<Integer> publish(String topic, MqttMessage message) {
    return request(
        (packetIdentifier, listener) ->
            client.publish(packetIdentifier, topic, message, false, listener));
  }

  /** Publishes at QoS 2; the packet identifier is the caller's, and stays so. */
  CompletableFuture<Integer> publish(
      int packetIdentifier, String topic, MqttMessage message, boolean duplicate) {
    CompletableFuture<Integer> answer = awaitedFor(packetIdentifier);
    send(
        packetIdentifier,
        (id, listener) -> client.publish(id, topic, message, duplicate, listener),
        answer);
    return answer;
  }

  /** Goes on with a QoS 2 message that the broker has since an earlier link. */
  CompletableFuture<Integer> release(int packetIdentifier) {
    CompletableFuture<Integer> answer = awaitedFor(packetIdentifier);
    sendPubrel(packetIdentifier, answer);
    return answer;
  }

  /** Goes on with a QoS 2 message that the broker said to have on this link. */
  void continueWithPubrel(int packetIdentifier) {
    CompletableFuture<Integer> answer = exactlyOnce.get(packetIdentifier);
    if (answer != null) {
      sendPubrel(packetIdentifier, answer);
    }
  }

  private void sendPubrel(int packetIdentifier, CompletableFuture<Integer> answer) {
    transport.openFor(Held.PUBREL, packetIdentifier);
    send(packetIdentifier, client::release, answer);
  }

  private CompletableFuture<Integer> awaitedFor(int packetIdentifier) {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    exactlyOnce.put(packetIdentifier, answer);
    answer.whenComplete((code, failure) -> exactlyOnce.remove(packetIdentifier, answer));
    return answer;
  }

  private CompletableFuture<Integer> request(Request request) {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    try {
      int packetIdentifier = identifiers.take();
      // on Paho's word only: who waits may give up before, and the broker answers late
      answer.whenComplete((code, failure) -> identifiers.free(packetIdentifier));
      send(packetIdentifier, request, answer);
    } catch (MqttException e) {
      answer.completeExceptionally(e);
    }
    return answer.copy();
  }

  private void send(int packetIdentifier, Request request, CompletableFuture<Integer> answer) {
    try {
      request.send(
          packetIdentifier,
          new Completion(
              token -> {
                Integer refusal = transport.refusal(packetIdentifier);
                int[] codes = token.getReasonCodes();
                int code = codes == null || codes.length == 0 ? 0 : codes[0];
                answer.complete(refusal != null ? refusal : code);
              },
              answer::completeExceptionally));
    } catch (MqttException | RuntimeException e) {
      LOG.debug("not sent", e);
      answer.completeExceptionally(e);
    }
  }
}
