package org.mqttintegration.mqtt;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.resource.DaemonThreads;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The connections to brokers, by a key that whoever opens one chooses. */
@Component
public class MqttConnections implements SmartLifecycle {

  /** When connections are stopped, as of {@link SmartLifecycle}. */
  public static final int PHASE = Integer.MAX_VALUE - 2;

  private static final int SCHEDULER_THREADS = 4;

  /** How long what was received has to be recorded when the application ends. */
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final MqttSettings settings;
  private final InFlight inFlight;
  private final UnreleasedPackets unreleased;
  private final OutboundPackets outbound;
  private final BrokerTransports transports;
  private final ApplicationEventPublisher events;
  private final Map<String, MqttConnection> connections = new ConcurrentHashMap<>();
  private final ScheduledExecutorService scheduler;

  /** Tells of changes in their order, apart from the threads that read from brokers. */
  private final ExecutorService announcer =
      Executors.newSingleThreadExecutor(new DaemonThreads("mqtt-events-"));

  private volatile boolean running;
  private volatile boolean stopped;

  MqttConnections(
      MqttSettings settings,
      BrokerTransports transports,
      UnreleasedPackets unreleased,
      OutboundPackets outbound,
      ApplicationEventPublisher events) {
    this.settings = settings;
    this.inFlight = InFlight.ofAll(settings);
    this.transports = transports;
    this.unreleased = unreleased;
    this.outbound = outbound;
    this.events = events;
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(SCHEDULER_THREADS, new DaemonThreads("mqtt-supervisor-"));
    pool.setRemoveOnCancelPolicy(true);
    this.scheduler = pool;
  }

  /**
   * Opens a connection, or makes it anew when its options changed. Returns at once: a supervisor
   * connects, and again whenever the connection is lost, until {@link #close}. Consumers may
   * register before. Does nothing when the application ends.
   *
   * @param mayConnect asked before each attempt: another process that has the broker's session
   *     would lose it
   */
  public void open(String key, ConnectionOptions options, BooleanSupplier mayConnect) {
    if (!stopped) {
      connection(key).open(options, mayConnect);
    }
  }

  /**
   * Disconnects for good, and lets the broker drop the session with all that it queued for us.
   * Returns when the DISCONNECT is written, or after two seconds.
   */
  public void close(String key) {
    MqttConnection connection = connections.get(key);
    if (connection != null) {
      connection.close(true);
      forgetUnused(key);
    }
  }

  /**
   * Disconnects, and leaves the broker's session to another process. What was received is ended
   * before, within the limit; {@link #open} makes the connection anew.
   */
  public void handOver(String key, Duration limit) {
    MqttConnection connection = connections.get(key);
    if (connection != null) {
      connection.handOver(System.nanoTime() + limit.toNanos());
    }
  }

  /** How a connection is doing; DISCONNECTED when there is none of that key. */
  public ConnectionStatus status(String key) {
    MqttConnection connection = connections.get(key);
    return connection != null
        ? connection.status()
        : new ConnectionStatus(ConnectionStatus.State.DISCONNECTED, Instant.EPOCH, null);
  }

  /** What a connection counted; empty when there is none of that key. */
  public Optional<ConnectionCounts> counts(String key) {
    return Optional.ofNullable(connections.get(key)).map(MqttConnection::counts);
  }

  /** What the connections to a broker counted, its own and those that share. */
  public List<ConnectionCounts> counts(long brokerId) {
    return to(brokerId).map(MqttConnection::counts).toList();
  }

  /** How many connections to a broker are in a state, its own and those that share. */
  public long count(long brokerId, ConnectionStatus.State state) {
    return to(brokerId).filter(connection -> connection.status().state() == state).count();
  }

  private Stream<MqttConnection> to(long brokerId) {
    return connections.entrySet().stream()
        .filter(entry -> Long.valueOf(brokerId).equals(ConnectionKey.brokerId(entry.getKey())))
        .map(Map.Entry::getValue);
  }

  /**
   * How full the memory is that QoS 1 and 2 messages may take, of all connections or of the one
   * that has most of its share, from 0; at 1 brokers are held back.
   */
  public double inFlightFill() {
    return connections.values().stream()
        .mapToDouble(MqttConnection::inFlightFill)
        .reduce(inFlight.fill(), Math::max);
  }

  /** What the broker said that it can do when it was connected to last; empty before. */
  public Optional<BrokerCapabilities> capabilities(String key) {
    return Optional.ofNullable(connections.get(key)).map(MqttConnection::capabilities);
  }

  /**
   * Why the broker of a connection takes no such message, as far as it said when it was connected
   * to last; null when it does, or was not connected to yet.
   */
  public @Nullable String fault(
      String key,
      String topic,
      byte[] payload,
      int qos,
      boolean retain,
      MessageProperties properties) {
    MqttConnection connection = connections.get(key);
    return connection == null
        ? null
        : connection.fault(
            topic, new MqttMessage(payload, qos, retain, PahoMessages.toPaho(properties)));
  }

  /**
   * The outcome of a QoS 2 message is stored.
   *
   * @param number by which it was published
   */
  public void settled(String key, long number) {
    MqttConnection connection = connections.get(key);
    if (connection != null) {
      connection.settled(number);
    }
  }

  /** The certificate that the broker showed when it was connected to last; empty without TLS. */
  public Optional<X509Certificate> serverCertificate(String key) {
    return Optional.ofNullable(connections.get(key)).map(MqttConnection::serverCertificate);
  }

  /** Until when all that the broker of a connection sent has come; EPOCH when it never did. */
  public Instant heardUntil(String key) {
    MqttConnection connection = connections.get(key);
    return connection != null ? connection.heardUntil() : Instant.EPOCH;
  }

  /**
   * What the broker said of a subscription; empty when no endpoint with that identifier is started.
   */
  public Optional<SubscriptionStatus> subscription(String key, int identifier) {
    return Optional.ofNullable(connections.get(key))
        .flatMap(connection -> connection.subscriptions().status(identifier));
  }

  /**
   * Tells of topic filters that ended while nobody could tell the broker. They are unsubscribed
   * when its session is resumed, each until a {@link FilterEnded} says so, unless an endpoint wants
   * them.
   */
  public void leave(String key, Collection<String> topicFilters) {
    connection(key).subscriptions().leave(topicFilters);
  }

  /** The connection of that key, made if need be, opened or not. */
  MqttConnection connection(String key) {
    return connections.computeIfAbsent(
        key,
        k ->
            new MqttConnection(
                k,
                settings,
                transports,
                scheduler,
                inFlight,
                unreleased,
                outbound,
                this::announce,
                (identifier, status) -> announce(new SubscriptionChanged(k, identifier, status)),
                this::announce));
  }

  /** Drops a connection that is neither open nor has an endpoint. */
  void forgetUnused(String key) {
    connections.computeIfPresent(
        key, (k, c) -> c.isWanted() || !c.subscriptions().isEmpty() ? c : null);
  }

  BrokerTransports transports() {
    return transports;
  }

  ScheduledExecutorService scheduler() {
    return scheduler;
  }

  @Override
  public void start() {
    running = true;
  }

  /**
   * Leaves all brokers; their sessions go on, so that they queue what comes until the next start.
   */
  @Override
  public void stop() {
    running = false;
    stopped = true;
    List<MqttConnection> all = List.copyOf(connections.values());
    all.forEach(MqttConnection::stopReading); // of all, before any is waited for
    leaveBy(System.nanoTime() + DRAIN.toNanos(), all);
    announcer.shutdown();
    scheduler.shutdownNow();
  }

  /** Each on a thread of its own: one that has to wait holds up no other. */
  private static void leaveBy(long deadline, List<MqttConnection> all) {
    ExecutorService threads = Executors.newCachedThreadPool(new DaemonThreads("mqtt-stop-"));
    try {
      threads.invokeAll(
          all.stream().map(one -> Executors.callable(() -> one.handOver(deadline))).toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /**
   * Stopped before all else but what sends, so that nothing more comes in while routes end what
   * they have.
   */
  @Override
  public int getPhase() {
    return PHASE;
  }

  private void announce(Object event) {
    if (!announcer.isShutdown()) {
      announcer.execute(() -> events.publishEvent(event));
    }
  }
}
