package org.mqttintegration;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.BrokerRequest;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.broker.UrlScheme;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.signal.SignalRequest;
import org.mqttintegration.signal.SignalService;
import org.mqttintegration.subscription.SubscriptionRequest;
import org.mqttintegration.subscription.SubscriptionService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Something to look at after the first start: a broker, a subscription to {@code demo/#} and a
 * signal. Whoever deletes them does not get them again.
 */
@Component
@ConditionalOnProperty(
    name = "mqtt-integration.demonstration.enabled",
    havingValue = "true",
    matchIfMissing = true)
class Demonstration {

  private static final Logger LOG = LoggerFactory.getLogger(Demonstration.class);

  private final BrokerService brokers;
  private final SubscriptionService subscriptions;
  private final SignalService signals;
  private final JdbcClient database;
  private final @Nullable LocalBroker local;
  private final String url;

  Demonstration(
      BrokerService brokers,
      SubscriptionService subscriptions,
      SignalService signals,
      JdbcClient database,
      ObjectProvider<LocalBroker> local,
      @Value("${mqtt-integration.mqtt.url:}") String url) {
    this.brokers = brokers;
    this.subscriptions = subscriptions;
    this.signals = signals;
    this.database = database;
    this.local = local.getIfAvailable();
    this.url = url;
  }

  /**
   * The embedded broker may have had to take another port; its row follows before it is connected
   * to.
   */
  @EventListener(ApplicationReadyEvent.class)
  @Order(0)
  void followPort() {
    if (local != null) {
      database
          .sql(
              """
              update broker set port = :port
              where id in (select broker_id from demonstration) and host = :host and port <> :port
              """)
          .param("port", local.port())
          .param("host", local.host())
          .update();
    }
  }

  /** Behind the stored subscriptions and connections, before the route files. */
  @EventListener(ApplicationReadyEvent.class)
  @Order(Brokers.CONNECT_ORDER + 1)
  void make() {
    Optional<URI> address = address();
    if (address.isEmpty() || isMade()) {
      return;
    }
    try {
      long broker = makeBroker(address.get());
      database
          .sql("insert into demonstration (broker_id) values (:broker)")
          .param("broker", broker)
          .update();
      long subscription = subscriptions.create(subscription(broker)).id();
      subscriptions.subscribe(subscription);
      signals.create(signal(broker));
      LOG.info("demonstration made brokerId={} subscriptionId={}", broker, subscription);
    } catch (ProblemException e) {
      LOG.warn("demonstration not made reason={} errors={}", e.detail(), e.errors());
    }
  }

  private boolean isMade() {
    return !database.sql("select broker_id from demonstration").query(Long.class).list().isEmpty();
  }

  private Optional<URI> address() {
    if (local != null) {
      return Optional.of(URI.create(local.uri()));
    }
    return url.isBlank() ? Optional.empty() : Optional.of(URI.create(url));
  }

  private long makeBroker(URI address) {
    BrokerRequest request =
        BrokerRequest.of(
            "Local broker",
            UrlScheme.valueOf(address.getScheme().toUpperCase(Locale.ROOT)),
            address.getHost(),
            address.getPort() < 0 ? null : address.getPort(),
            "Made by the demonstration at the first start.");
    return brokers.create(request).id();
  }

  private static SubscriptionRequest subscription(long broker) {
    return new SubscriptionRequest(broker, "demo/#", 1, null, null, null, null, null);
  }

  private static SignalRequest signal(long broker) {
    return new SignalRequest(
        "Greeting",
        broker,
        null,
        "demo/greeting",
        "{\"hello\": \"world\"}",
        null,
        null,
        null,
        1,
        null);
  }
}
