package org.mqttintegration.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.mqttintegration.mqtt.CertificateWarnings;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.ConnectionStatus;
import org.mqttintegration.resource.WireName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Puts together what is stored of brokers, and how their connections are doing. */
@Component
class BrokerViews {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerViews.class);
  private static final Duration A_DAY = Duration.ofDays(1);

  private final BrokerRepository repository;
  private final BrokerCredentials credentials;
  private final ReportedStates states;
  private final CertificateWarnings certificates;
  private final Map<String, Instant> logged = new ConcurrentHashMap<>();

  BrokerViews(
      BrokerRepository repository,
      BrokerCredentials credentials,
      ReportedStates states,
      CertificateWarnings certificates) {
    this.repository = repository;
    this.credentials = credentials;
    this.states = states;
    this.certificates = certificates;
  }

  Broker of(BrokerEntity broker) {
    long id = broker.id();
    return of(
        broker,
        credentials.has(id, BrokerCredentials.PASSWORD),
        credentials.has(id, BrokerCredentials.CLIENT_KEY));
  }

  List<Broker> all(List<BrokerEntity> brokers) {
    Set<Long> withPassword = credentials.owners(BrokerCredentials.PASSWORD);
    Set<Long> withKey = credentials.owners(BrokerCredentials.CLIENT_KEY);
    return brokers.stream()
        .map(
            broker -> of(broker, withPassword.contains(broker.id()), withKey.contains(broker.id())))
        .toList();
  }

  private Broker of(BrokerEntity broker, boolean passwordSet, boolean clientKeySet) {
    ConnectionStatus live = states.connection(ConnectionKey.of(broker.id()));
    return new Broker(
        broker.id(),
        broker.name,
        broker.urlScheme,
        broker.host,
        broker.port,
        broker.clientId,
        broker.username,
        passwordSet,
        clientKeySet,
        broker.keepalive,
        broker.connectTimeout,
        broker.note,
        broker.cleanStart,
        broker.sessionExpiry,
        broker.receiveMaximum,
        broker.sharedConnections,
        broker.maximumPacketSize,
        broker.userProperties,
        broker.will,
        broker.webSocket,
        broker.tls,
        broker.connectionStatus,
        broker.connectionMessage,
        broker.connectionCheckedAt,
        WireName.of(live.state()),
        live.since(),
        live.message(),
        states.capabilities(ConnectionKey.of(broker.id())),
        Stream.concat(warnings(broker).stream(), sharesAway(broker)).toList());
  }

  private Stream<String> sharesAway(BrokerEntity broker) {
    return broker.sharing().connections().stream()
        .filter(ConnectionKey::isShare)
        .filter(key -> states.connection(key).state() == ConnectionStatus.State.CONNECTING)
        .map(
            key ->
                "Shared connection %s is not connected: %s"
                    .formatted(ConnectionKey.share(key), states.connection(key).message()));
  }

  /** Logs each warning, and again when a day is over and it still stands. */
  @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
  void logWarnings() {
    Instant now = Instant.now();
    logged.values().removeIf(at -> at.plus(A_DAY).isBefore(now));
    for (BrokerEntity broker : repository.findAll()) {
      for (String warning : warnings(broker)) {
        if (logged.putIfAbsent(broker.id() + " " + warning, now) == null) {
          LOG.warn("certificate brokerId={} warning={}", broker.id(), warning);
        }
      }
    }
  }

  private List<String> warnings(BrokerEntity broker) {
    return certificates.of(ConnectionKey.of(broker.id()), broker.options(Credentials.NONE));
  }
}
