package org.mqttintegration.mqtt;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.QosTwoGate.Held;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One network connection to a broker, from CONNECT to its end; never used again. The callback is
 * set before CONNECT, so that nothing which a resumed session delivers at once is missed.
 */
final class PahoLink implements MqttCallback {

  private static final Logger LOG = LoggerFactory.getLogger(PahoLink.class);
  private static final long DISCONNECT_MILLIS = 2_000;

  private final ConnectionOptions options;
  private final ScheduledExecutorService scheduler;
  private final Listener listener;
  private final BrokerTransport transport;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean connected;
  private final PacketIdentifiers identifiers;
  private @Nullable PahoClient client;
  private volatile @Nullable Requests requests;

  /** Hears of a link's life. Called on the link's threads. */
  interface Listener {

    /** The broker accepted the connection. */
    void connected(PahoLink link, boolean sessionPresent);

    /** The link is over, or never came to be. */
    void ended(PahoLink link, @Nullable Throwable cause);

    /** A message arrived. */
    void received(PahoLink link, String topic, MqttMessage message);

    /** The broker released a QoS 2 message (PUBREL). Must not wait. */
    void released(PahoLink link, int packetIdentifier);

    /** The broker has a QoS 2 message of ours (PUBREC). Must not wait. */
    void taken(PahoLink link, int packetIdentifier);
  }

  PahoLink(
      ConnectionOptions options,
      BrokerTransport transport,
      PacketIdentifiers identifiers,
      ScheduledExecutorService scheduler,
      Listener listener) {
    this.identifiers = identifiers;
    this.options = options;
    this.transport = transport;
    this.scheduler = scheduler;
    this.listener = listener;
    transport.onHeld(this::held);
  }

  private void held(Held type, int packetIdentifier) {
    if (type == Held.PUBCOMP) {
      listener.released(this, packetIdentifier);
    } else if (type == Held.PUBREL) {
      listener.taken(this, packetIdentifier);
    }
  }

  /** Connects. Returns at once; the listener hears how it went. */
  void connect() {
    try {
      KeepAlive keepAlive = new KeepAlive(scheduler, transport, this::giveUp);
      PahoClient created = new PahoClient(options.clientId(), transport, keepAlive);
      client = created;
      requests = new Requests(created, transport, identifiers);
      created.setCallback(this);
      created.setManualAcks(true);
      created.connect(
          ConnectPacket.of(options), null, new Completion(this::connackArrived, this::end));
      // each step of the transport has its own limit; this one is for a CONNACK that never comes
      Duration limit = options.connectTimeout().multipliedBy(4);
      scheduler.schedule(this::giveUpConnecting, limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (MqttException | RuntimeException e) {
      end(e);
    }
  }

  boolean wasConnected() {
    return connected;
  }

  boolean isConnected() {
    return connected && !ended.get();
  }

  /** Until when all that the broker sent has come. */
  Instant heardUntil() {
    return transport.heardUntil().get();
  }

  BrokerCapabilities capabilities() {
    return transport.capabilities();
  }

  /** What the broker showed in TLS, null without it. */
  @Nullable X509Certificate serverCertificate() {
    return transport.serverCertificate();
  }

  /** Sends a SUBSCRIBE; the answer is the SUBACK's reason code. */
  CompletableFuture<Integer> subscribe(MqttSubscription subscription, int identifier) {
    MqttProperties properties = new MqttProperties();
    if (capabilities().subscriptionIdentifiersAvailable()) {
      properties.setSubscriptionIdentifier(identifier);
    }
    return requests().subscribe(subscription, properties);
  }

  /** What else it sends and the broker answers. */
  Requests requests() {
    return Objects.requireNonNull(requests, "not connected");
  }

  /**
   * Tells the broker that a message is safe: PUBACK for QoS 1, PUBREC for QoS 2.
   *
   * @return whether it goes out; if not, the broker delivers the message again when the session is
   *     resumed
   */
  boolean acknowledge(int packetIdentifier, int qos) {
    return answer(
        () -> {
          if (qos == 1) {
            client().messageArrivedComplete(packetIdentifier, qos);
          } else {
            transport.openFor(Held.PUBREC, packetIdentifier);
            client().sendPubrec(packetIdentifier);
          }
        });
  }

  /** Tells the broker that the packet identifier of a QoS 2 message is forgotten: PUBCOMP. */
  void complete(int packetIdentifier) {
    answer(
        () -> {
          transport.openFor(Held.PUBCOMP, packetIdentifier);
          client().messageArrivedComplete(packetIdentifier, 2);
        });
  }

  /** What is sent without waiting for an answer. */
  private interface Answer {
    void send() throws MqttException;
  }

  private boolean answer(Answer answer) {
    if (ended.get()) {
      return false;
    }
    try {
      answer.send();
      return true;
    } catch (MqttException e) {
      LOG.debug("acknowledgement not sent", e);
      return false;
    }
  }

  /**
   * Disconnects, and waits shortly until that is written.
   *
   * @param endSession whether the broker shall drop the session
   */
  void disconnect(boolean endSession) {
    PahoClient current = client;
    boolean wasConnected = isConnected();
    ended.set(true);
    if (current != null && wasConnected) {
      MqttProperties properties = new MqttProperties();
      if (endSession) {
        properties.setSessionExpiryInterval(0L);
      }
      try {
        current
            .disconnect(0, null, null, MqttReturnCode.RETURN_CODE_SUCCESS, properties)
            .waitForCompletion(DISCONNECT_MILLIS);
      } catch (MqttException e) {
        LOG.debug("disconnect not sent", e);
      }
    }
    abort();
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    listener.received(this, topic, message);
    transport.heardUntil().handsOver(message.getQos());
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    end(response.getException());
  }

  @Override
  public void mqttErrorOccurred(MqttException exception) {
    LOG.debug("protocol error", exception);
  }

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {}

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {}

  private void connackArrived(IMqttToken token) {
    if (ended.get()) { // given up meanwhile
      abort();
      return;
    }
    connected = true;
    listener.connected(this, token.getSessionPresent());
  }

  private void giveUpConnecting() {
    if (!connected && !ended.get()) {
      giveUp(new TimeoutException("no CONNACK"));
    }
  }

  private void giveUp(Throwable cause) {
    end(cause);
    abort();
  }

  private void end(@Nullable Throwable cause) {
    if (ended.compareAndSet(false, true)) {
      ServerPacket refusal = transport.refusal();
      listener.ended(this, refusal == null ? cause : new RefusedException(refusal));
    }
  }

  /** Closes the socket: Paho notices, and ends its threads. */
  private void abort() {
    try {
      transport.stop();
    } catch (IOException e) {
      LOG.debug("socket not closed", e);
    }
  }

  private PahoClient client() {
    return Objects.requireNonNull(client, "not connected");
  }
}
