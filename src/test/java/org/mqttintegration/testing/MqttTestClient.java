package org.mqttintegration.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** An MQTT 5 client of the outside world: publishes and receives past the application. */
public final class MqttTestClient implements AutoCloseable {

  private static final long LIMIT_MS = 30_000;

  private final MqttAsyncClient client;
  private final List<Received> received = new CopyOnWriteArrayList<>();

  /** One message that arrived. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Received(
      int packetIdentifier,
      String topic,
      byte[] payload,
      int qos,
      boolean retained,
      MqttProperties properties) {

    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** The Subscription Identifiers that it came with. */
    public List<Integer> subscriptionIdentifiers() {
      return properties.getSubscriptionIdentifiers();
    }
  }

  private MqttTestClient(String uri, String clientId) throws MqttException {
    client =
        new MqttAsyncClient(uri.replaceFirst("^mqtt:", "tcp:"), clientId, new MemoryPersistence());
    client.setCallback(new Collector());
  }

  /** Connects with a clean session and a client id of its own. */
  public static MqttTestClient connect(String uri) throws MqttException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    return connect(uri, "test-" + UUID.randomUUID(), options);
  }

  /**
   * Connects.
   *
   * @param uri {@code mqtt://host:port} or {@code ws://host:port/path}
   */
  public static MqttTestClient connect(String uri, String clientId, MqttConnectionOptions options)
      throws MqttException {
    MqttTestClient connected = new MqttTestClient(uri, clientId);
    connected.client.connect(options).waitForCompletion(LIMIT_MS);
    return connected;
  }

  /** Connects a client that receives QoS 1 and 2 messages and never acknowledges them. */
  public static MqttTestClient connectWithoutAcknowledging(
      String uri, String clientId, MqttConnectionOptions options) throws MqttException {
    MqttTestClient connected = new MqttTestClient(uri, clientId);
    connected.client.setManualAcks(true);
    connected.client.connect(options).waitForCompletion(LIMIT_MS);
    return connected;
  }

  /** Cuts the connection, without DISCONNECT. */
  public void cut() throws MqttException {
    client.disconnectForcibly(0, 0, false);
    client.close(true);
  }

  /** Publishes, and waits for the broker's answer. */
  public MqttTestClient publish(String topic, String payload, int qos) throws MqttException {
    return publish(
        topic, payload.getBytes(StandardCharsets.UTF_8), qos, false, new MqttProperties());
  }

  /** Publishes, and waits for the broker's answer. */
  public MqttTestClient publish(
      String topic, byte[] payload, int qos, boolean retain, MqttProperties properties)
      throws MqttException {
    publishAsync(topic, payload, qos, retain, properties).waitForCompletion(LIMIT_MS);
    return this;
  }

  /**
   * Publishes without waiting for the answer; only, where the broker's Receive Maximum is reached,
   * for room. Paho counts an answered message for a moment longer, so the sender cannot know.
   */
  public IMqttToken publishAsync(
      String topic, byte[] payload, int qos, boolean retain, MqttProperties properties)
      throws MqttException {
    MqttMessage message = new MqttMessage(payload, qos, retain, properties);
    long deadline = System.nanoTime() + Duration.ofMillis(LIMIT_MS).toNanos();
    while (true) {
      try {
        return client.publish(topic, message);
      } catch (MqttException e) {
        if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT
            || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  /** Subscribes, and waits for the broker's answer. */
  public MqttTestClient subscribe(String filter, int qos) throws MqttException {
    client.subscribe(new MqttSubscription(filter, qos)).waitForCompletion(LIMIT_MS);
    return this;
  }

  /** Subscribes with a Subscription Identifier, and waits for the broker's answer. */
  public MqttTestClient subscribe(String filter, int qos, int identifier) throws MqttException {
    MqttProperties properties = new MqttProperties();
    properties.setSubscriptionIdentifier(identifier);
    MqttSubscription[] subscriptions = {new MqttSubscription(filter, qos)};
    client.subscribe(subscriptions, null, null, properties).waitForCompletion(LIMIT_MS);
    return this;
  }

  /** What arrived until now. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** The payloads of what arrived until now. */
  public Set<String> texts() {
    return received.stream().map(Received::text).collect(Collectors.toSet());
  }

  /** Waits until at least so many messages arrived. */
  public List<Received> await(int count) {
    Awaitility.await()
        .atMost(Duration.ofMillis(LIMIT_MS))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> received.size() >= count);
    return received();
  }

  /** Paho's own client, for what is not here. */
  public MqttAsyncClient paho() {
    return client;
  }

  @Override
  public void close() throws MqttException {
    try {
      if (client.isConnected()) {
        client.disconnect().waitForCompletion(5_000);
      }
    } finally {
      client.close(true);
    }
  }

  private final class Collector implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      received.add(
          new Received(
              message.getId(),
              topic,
              message.getPayload(),
              message.getQos(),
              message.isRetained(),
              message.getProperties()));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
